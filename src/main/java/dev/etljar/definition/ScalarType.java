package dev.etljar.definition;

import dev.etljar.text.UnitDuration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/**
 * A Java type that a single YAML value becomes.
 *
 * @param expected what such a value is, as it follows "must be"
 * @param reader gives the value, or nothing where the scalar is none of the type; an {@link IllegalArgumentException}
 *     of it says by itself what is wrong
 */
record ScalarType(String expected, Function<YamlNode.Scalar, Optional<?>> reader) {

    private static final Pattern SIZE = Pattern.compile("[0-9]{1,6}(B|KB|MB|GB|TB)");

    private static final ScalarType INTEGER =
            new ScalarType("a whole number up to " + Integer.MAX_VALUE, ScalarType::integer);
    private static final ScalarType LONG = new ScalarType("a whole number up to " + Long.MAX_VALUE, ScalarType::number);

    private static final Map<Class<?>, ScalarType> TYPES = Map.ofEntries(
            Map.entry(String.class, new ScalarType("a text", scalar -> Optional.of(scalar.text()))),
            Map.entry(int.class, INTEGER),
            Map.entry(Integer.class, INTEGER),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(boolean.class, new ScalarType("true or false", ScalarType::truth)),
            Map.entry(BigDecimal.class, new ScalarType("a number", ScalarType::decimal)),
            Map.entry(Duration.class, new ScalarType("a time such as 500ms, 10s, 5m or 2h", ScalarType::duration)),
            Map.entry(DataSize.class, new ScalarType("a size such as 500KB, 64MB or 2GB", ScalarType::size)),
            Map.entry(Charset.class, new ScalarType("a charset such as UTF-8", named(Charset::forName))),
            Map.entry(ZoneId.class, new ScalarType("a time zone such as UTC or Europe/Berlin", named(ZoneId::of))));

    /** Looked up once for each type: a file may hold a hundred thousand values. */
    private static final ClassValue<Optional<ScalarType>> FOUND = new ClassValue<>() {
        @Override
        protected Optional<ScalarType> computeValue(Class<?> type) {
            Optional<ScalarType> known = Optional.ofNullable(TYPES.get(type));
            return known.isPresent() ? known : type.isEnum() ? Optional.of(choice(type)) : factory(type);
        }
    };

    /** Empty where the type is not one of single values. */
    static Optional<ScalarType> of(Class<?> type) {
        return FOUND.get(type);
    }

    /** An enum's constants as a definition names them. */
    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(ScalarType::name).toList();
    }

    private static String name(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ScalarType choice(Class<?> type) {
        return new ScalarType(
                Words.either(names(type)),
                scalar -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> name(constant).equals(scalar.text()))
                        .findFirst());
    }

    /** How the single text is read that may stand for a record; empty where none may. */
    static Optional<ScalarType> shortForm(Class<?> type) {
        return factory(type, String.class)
                .map(method -> new ScalarType("a text", scalar -> Optional.of(call(method, scalar.text()))));
    }

    /** Types of ours that read their own texts have a public static {@code of(Object)}. */
    private static Optional<ScalarType> factory(Class<?> type) {
        return factory(type, Object.class)
                .map(method -> new ScalarType("a text", scalar -> Optional.of(call(method, argument(scalar)))));
    }

    private static Optional<Method> factory(Class<?> type, Class<?> argument) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals("of")
                        && Modifier.isStatic(method.getModifiers())
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {argument}))
                .findFirst();
    }

    private static Object argument(YamlNode.Scalar scalar) {
        return integer(scalar).isPresent() ? integer(scalar).get() : scalar.text();
    }

    private static Object call(Method method, Object argument) {
        try {
            return method.invoke(null, argument);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(method + " failed", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " is not public", e);
        }
    }

    private static Optional<Integer> integer(YamlNode.Scalar scalar) {
        return whole(scalar).filter(value -> value.bitLength() < Integer.SIZE).map(BigInteger::intValueExact);
    }

    private static Optional<Long> number(YamlNode.Scalar scalar) {
        return whole(scalar).filter(value -> value.bitLength() < Long.SIZE).map(BigInteger::longValueExact);
    }

    private static Optional<BigInteger> whole(YamlNode.Scalar scalar) {
        return scalar.isInteger() ? Optional.of(new BigInteger(scalar.text())) : Optional.empty();
    }

    private static Optional<BigDecimal> decimal(YamlNode.Scalar scalar) {
        return scalar.isNumber() ? Optional.of(new BigDecimal(scalar.text())) : Optional.empty();
    }

    private static Optional<Boolean> truth(YamlNode.Scalar scalar) {
        return scalar.isTrue() || scalar.isFalse() ? Optional.of(scalar.isTrue()) : Optional.empty();
    }

    private static Optional<Duration> duration(YamlNode.Scalar scalar) {
        return UnitDuration.parse(scalar.text());
    }

    private static Optional<DataSize> size(YamlNode.Scalar scalar) {
        return SIZE.matcher(scalar.text()).matches() ? Optional.of(DataSize.parse(scalar.text())) : Optional.empty();
    }

    private static Function<YamlNode.Scalar, Optional<?>> named(Function<String, Object> lookup) {
        return scalar -> {
            try {
                return Optional.of(lookup.apply(scalar.text()));
            } catch (IllegalArgumentException | DateTimeException e) {
                return Optional.empty();
            }
        };
    }
}
