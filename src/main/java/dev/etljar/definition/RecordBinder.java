package dev.etljar.definition;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tree of nodes becomes records.
 *
 * <ol>
 *   <li>A record's components are its keys, see {@link RecordKey}; every key of the file must be one of them.
 *   <li>A record may have a short form, a single text, which its {@code of(String)} reads.
 *   <li>A sealed interface is one of its records; the key of its name ({@code rule} of {@code RuleDefinition}) says which.
 *   <li>Whatever is wrong is noted with its place, and the rest is looked at all the same.
 *   <li>Nothing is built of parts that are wrong: where errors were noted, what is returned must not be used.
 * </ol>
 */
final class RecordBinder {

    private static final Pattern QUOTED = Pattern.compile("'([a-z0-9-]+)'");

    private final DefinitionErrors errors;
    private final Positions positions = new Positions();

    RecordBinder(DefinitionErrors errors) {
        this.errors = errors;
    }

    /** Where everything that was bound stands. */
    Positions positions() {
        return positions;
    }

    /** Empty where errors were noted. */
    <T extends Record> Optional<T> bind(Class<T> type, YamlNode root) {
        @Nullable Object bound = bound("the definition", type, root, "");
        return errors.count() == 0 ? Optional.ofNullable(type.cast(bound)) : Optional.empty();
    }

    private @Nullable Object bound(String label, Class<?> type, YamlNode node, String path) {
        positions.put(path, node.position());
        Optional<ScalarType> scalarType = ScalarType.of(type);
        if (scalarType.isPresent()) {
            return scalar(label, scalarType.get(), node);
        }
        Optional<ScalarType> shortForm = ScalarType.shortForm(type);
        if (shortForm.isPresent() && node instanceof YamlNode.Scalar) {
            return scalar(label, shortForm.get(), node);
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return refused(label, "a mapping (key: value)", node);
        }
        return type.isSealed() ? oneOf(type, mapping, path) : record(type, mapping, Set.of(), path);
    }

    private @Nullable Object scalar(String label, ScalarType type, YamlNode node) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNothing()) {
            return refused(label, type.expected(), node);
        }
        try {
            Optional<?> value = type.reader().apply(scalar);
            return value.isPresent() ? value.get() : refused(label, type.expected(), node);
        } catch (IllegalArgumentException e) {
            errors.add(node.position(), message(e));
            return null;
        }
    }

    private @Nullable Object oneOf(Class<?> type, YamlNode.Mapping mapping, String path) {
        String discriminator = RecordKey.discriminator(type);
        Map<String, Class<?>> cases = RecordKey.cases(type);
        Optional<YamlNode.Entry> chosen = mapping.entry(discriminator);
        if (chosen.isEmpty()) {
            errors.add(
                    mapping.position(), "missing key '" + discriminator + "': one of " + Words.listed(cases.keySet()));
            return null;
        }
        @Nullable
        Object name =
                bound("'" + discriminator + "'", String.class, chosen.get().value(), path + "." + discriminator);
        if (name == null) {
            return null;
        }
        @Nullable Class<?> record = cases.get(name.toString());
        if (record == null) {
            errors.add(
                    chosen.get().value().position(),
                    "unknown " + discriminator + " " + Words.quoted(name.toString())
                            + Words.suggestion(name.toString(), cases.keySet(), "the " + discriminator + "s are"));
            return null;
        }
        return record(record, mapping, Set.of(discriminator), path);
    }

    /** @param others keys that are right though the record has no such component */
    private @Nullable Object record(Class<?> type, YamlNode.Mapping mapping, Set<String> others, String path) {
        int before = errors.count();
        List<RecordKey> keys = RecordKey.of(type);
        requireKnownKeys(mapping, keys, others);
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordKey key : keys) {
            values.add(value(key, mapping, path));
        }
        return errors.count() == before ? built(type, values, mapping) : null;
    }

    private void requireKnownKeys(YamlNode.Mapping mapping, List<RecordKey> keys, Set<String> others) {
        List<String> right = new ArrayList<>(others);
        keys.forEach(key -> right.add(key.name()));
        Map<String, Position> seen = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            @Nullable Position first = seen.putIfAbsent(entry.key(), entry.position());
            if (first != null) {
                errors.add(
                        entry.position(),
                        "key " + Words.quoted(entry.key()) + " is there twice, first in line " + first.line());
            } else if (!right.contains(entry.key())) {
                errors.add(
                        entry.position(),
                        "unknown key " + Words.quoted(entry.key())
                                + Words.suggestion(entry.key(), right, "the keys here are"));
            }
        }
    }

    private @Nullable Object value(RecordKey key, YamlNode.Mapping mapping, String path) {
        String label = "'" + key.name() + "'";
        String keyPath = Positions.child(path, key.name());
        Optional<YamlNode.Entry> entry = mapping.entry(key.name());
        if (entry.isEmpty()) {
            return missing(key, mapping, label, keyPath);
        }
        YamlNode node = entry.get().value();
        if (key.nullable() && node instanceof YamlNode.Scalar scalar && scalar.isNothing()) {
            return null;
        }
        return key.list() ? list(label, key.type(), node, keyPath) : bound(label, key.type(), node, keyPath);
    }

    private @Nullable Object missing(RecordKey key, YamlNode.Mapping mapping, String label, String keyPath) {
        if (key.required()) {
            errors.add(mapping.position(), "missing key " + label);
        }
        @Nullable List<String> defaults = key.defaults();
        if (defaults == null) {
            return null;
        }
        List<YamlNode> nodes = defaults.stream()
                .<YamlNode>map(text -> new YamlNode.Scalar(mapping.position(), text, !text.isEmpty()))
                .toList();
        if (key.list()) {
            return list(label, key.type(), new YamlNode.Sequence(mapping.position(), nodes), keyPath);
        }
        YamlNode node = nodes.isEmpty() ? new YamlNode.Mapping(mapping.position(), List.of()) : nodes.get(0);
        return bound(label, key.type(), node, keyPath);
    }

    private @Nullable Object list(String label, Class<?> itemType, YamlNode node, String path) {
        positions.put(path, node.position());
        if (!(node instanceof YamlNode.Sequence sequence)) {
            return refused(label, "a list", node);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            values.add(bound("an item of " + label, itemType, item, Findings.item(path, values.size())));
        }
        return values;
    }

    private @Nullable Object built(Class<?> type, List<@Nullable Object> values, YamlNode.Mapping mapping) {
        Constructor<?> constructor = RecordKey.constructor(type);
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                errors.add(named(message(refused), mapping), message(refused));
                return null;
            }
            throw new IllegalStateException(constructor + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " cannot be called", e);
        }
    }

    /** The place of the first key that a record's message names, or else of the record. */
    private static Position named(String message, YamlNode.Mapping mapping) {
        Matcher matcher = QUOTED.matcher(message);
        while (matcher.find()) {
            Optional<YamlNode.Entry> entry = mapping.entry(matcher.group(1));
            if (entry.isPresent()) {
                return entry.get().value().position();
            }
        }
        return mapping.position();
    }

    private @Nullable Object refused(String label, String expected, YamlNode node) {
        errors.add(node.position(), label + " must be " + expected + ", not " + node.described());
        return null;
    }

    private static String message(IllegalArgumentException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
