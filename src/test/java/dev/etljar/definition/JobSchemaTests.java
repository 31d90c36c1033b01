package dev.etljar.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.job.JobDefinition;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Walks the records and config/job.schema.json side by side: what editors offer is what the reader takes. */
class JobSchemaTests {

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);

    private final JsonNode schema =
            JsonMapper.shared().readTree(Path.of("config/job.schema.json").toFile());
    private final Set<String> reached = new HashSet<>();
    private final List<String> differences = new ArrayList<>();

    @Test
    void saysOfEveryKeyWhatTheRecordsSay() {
        record("", JobDefinition.class, schema, Set.of());

        assertThat(differences).isEmpty();
    }

    @Test
    void hasNoPartThatNoRecordReaches() {
        record("", JobDefinition.class, schema, Set.of());

        assertThat(reached)
                .containsExactlyInAnyOrderElementsOf(schema.get("definitions").propertyNames());
    }

    /** @param others keys that are right though the record has no such component, all of them required */
    private void record(String path, Class<?> type, JsonNode node, Set<String> others) {
        List<RecordKey> keys = RecordKey.of(type);
        Set<String> names = keys.stream().map(RecordKey::name).collect(Collectors.toSet());
        names.addAll(others);
        Set<String> required =
                keys.stream().filter(RecordKey::required).map(RecordKey::name).collect(Collectors.toSet());
        required.addAll(others);
        same(path, "type has object", true, types(node).contains("object"));
        same(path, "additionalProperties", "false", text(node.path("additionalProperties")));
        same(path, "keys", names, Set.copyOf(node.path("properties").propertyNames()));
        same(path, "required", required, texts(node.path("required")));
        keys.forEach(key -> key(
                path + "/" + key.name(), key, resolved(node.path("properties").path(key.name()))));
    }

    private void key(String path, RecordKey key, JsonNode node) {
        described(path, node);
        same(path, "default", expectedDefault(key), node.has("default") ? node.get("default") : null);
        if (key.list()) {
            same(path, "type", "array", text(node.path("type")));
            value(path + "[]", key.type(), resolved(node.path("items")));
        } else {
            value(path, key.type(), node);
        }
        boolean leaf = ScalarType.of(key.type()).isPresent();
        boolean choice = key.type().isEnum() || key.type() == boolean.class;
        if (leaf && !choice && !node.has("examples")) {
            differences.add(path + " has no examples");
        }
    }

    private void value(String path, Class<?> type, JsonNode node) {
        if (type.isEnum()) {
            same(path, "enum", Set.copyOf(ScalarType.names(type)), texts(node.path("enum")));
        } else if (ScalarType.of(type).isPresent()) {
            same(path, "type has " + jsonType(type), true, types(node).contains(jsonType(type)));
        } else if (type.isSealed()) {
            described(path, node);
            rules(path, type, node);
        } else {
            described(path, node);
            record(path, type, node, Set.of());
        }
    }

    private void rules(String path, Class<?> sealed, JsonNode node) {
        String discriminator = RecordKey.discriminator(sealed);
        Set<String> names = RecordKey.cases(sealed).keySet();
        same(path, "required", Set.of(discriminator), texts(node.path("required")));
        JsonNode choice = node.path("properties").path(discriminator);
        described(path + "/" + discriminator, choice);
        same(path, "enum", names, texts(choice.path("enum")));
        Set<String> conditions = new HashSet<>();
        for (JsonNode condition : node.path("allOf")) {
            String name = text(
                    condition.path("if").path("properties").path(discriminator).path("const"));
            conditions.add(name);
            JsonNode then = resolved(condition.path("then"));
            described(path + "/" + name, then);
            same(
                    path,
                    "const",
                    name,
                    text(then.path("properties").path(discriminator).path("const")));
            @Nullable Class<?> record = RecordKey.cases(sealed).get(name);
            if (record != null) {
                record(path + "/" + name, record, then, Set.of(discriminator));
            }
        }
        same(path, "conditions", names, conditions);
    }

    private static @Nullable JsonNode expectedDefault(RecordKey key) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (key.defaults() == null) {
            return null;
        }
        if (key.list()) {
            return key.defaults().stream()
                    .map(text -> scalar(key.type(), text))
                    .collect(json::arrayNode, (array, item) -> array.add(item), (a, b) -> a.addAll(b));
        }
        return key.defaults().isEmpty()
                ? json.objectNode()
                : scalar(key.type(), key.defaults().get(0));
    }

    private static JsonNode scalar(Class<?> type, String text) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (jsonType(type)) {
            case "integer" -> json.numberNode(Integer.parseInt(text));
            case "boolean" -> json.booleanNode(Boolean.parseBoolean(text));
            default -> json.stringNode(text);
        };
    }

    private static String jsonType(Class<?> type) {
        if (WHOLE.contains(type)) {
            return "integer";
        }
        if (type == boolean.class) {
            return "boolean";
        }
        return type == BigDecimal.class ? "number" : "string";
    }

    private JsonNode resolved(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String name = text(node.get("$ref")).replace("#/definitions/", "");
        reached.add(name);
        return schema.get("definitions").path(name);
    }

    private void described(String path, JsonNode node) {
        if (text(node.path("description")).isBlank()) {
            differences.add(path + " has no description");
        }
    }

    private void same(String path, String what, @Nullable Object records, @Nullable Object schemas) {
        if (records == null ? schemas != null : !records.equals(schemas)) {
            differences.add(
                    path + ": " + what + " is " + records + " in the records and " + schemas + " in the schema");
        }
    }

    private static Set<String> types(JsonNode node) {
        JsonNode type = node.path("type");
        return type.isArray() ? texts(type) : Set.of(text(type));
    }

    private static String text(JsonNode node) {
        return node.asString("");
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JobSchemaTests::text)
                .collect(Collectors.toSet());
    }
}
