package dev.etljar.definition;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * A key of a definition: a record's component as YAML sees it.
 *
 * @param name the component's name in kebab-case, or what {@link Name} says
 * @param type the component's type, or its items' where it is a list
 * @param nullable whether the component may be null and the key so be missing
 * @param defaults the texts of {@link DefaultValue}; empty stands for an empty list or a record of defaults; null without one
 */
record RecordKey(
        String name,
        Class<?> type,
        boolean list,
        boolean nullable,
        @Nullable List<String> defaults) {

    /** Looked up once for each record: a file may hold a hundred thousand of them. */
    private static final ClassValue<List<RecordKey>> KEYS = new ClassValue<>() {
        @Override
        protected List<RecordKey> computeValue(Class<?> record) {
            RecordComponent[] components = record.getRecordComponents();
            Parameter[] parameters = constructor(record).getParameters();
            return IntStream.range(0, components.length)
                    .mapToObj(i -> key(components[i], parameters[i]))
                    .toList();
        }
    };

    /** The keys of a record in its components' order. */
    static List<RecordKey> of(Class<?> record) {
        return KEYS.get(record);
    }

    /** The constructor that takes the components in their order. */
    static Constructor<?> constructor(Class<?> record) {
        Class<?>[] types = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return record.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor: " + record, e);
        }
    }

    /** The key by which a definition names one of a sealed interface's records: {@code rule} of {@code RuleDefinition}. */
    static String discriminator(Class<?> sealed) {
        return Words.kebabCase(sealed.getSimpleName().replaceFirst("Definition$", ""));
    }

    /** The records of a sealed interface by their names in a definition, in alphabetical order. */
    static Map<String, Class<?>> cases(Class<?> sealed) {
        Map<String, Class<?>> cases = new TreeMap<>();
        for (Class<?> record : sealed.getPermittedSubclasses()) {
            cases.put(Words.kebabCase(record.getSimpleName()), record);
        }
        return cases;
    }

    boolean required() {
        return !nullable && defaults == null;
    }

    private static RecordKey key(RecordComponent component, Parameter parameter) {
        boolean list = component.getType() == List.class;
        String name = Optional.ofNullable(parameter.getAnnotation(Name.class))
                .map(Name::value)
                .orElseGet(() -> Words.kebabCase(component.getName()));
        List<String> defaults = Optional.ofNullable(parameter.getAnnotation(DefaultValue.class))
                .map(value -> List.of(value.value()))
                .orElse(null);
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new RecordKey(name, list ? itemType(component) : component.getType(), list, nullable, defaults);
    }

    private static Class<?> itemType(RecordComponent component) {
        Type item = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return (Class<?>) item;
    }
}
