package dev.etljar.database;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** H2, the embedded database: one process on one machine. */
final class H2Database implements Database {

    @Override
    public String name() {
        return "H2";
    }

    @Override
    public String fold(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name.toUpperCase(Locale.ROOT) : name;
    }

    @Override
    public String type(ColumnType type) {
        return switch (type.kind()) {
            case VARCHAR -> "character varying(" + type.length() + ")";
            case TEXT -> "character varying";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case DECIMAL -> "numeric(" + type.length() + ", " + type.scale() + ")";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time(9)";
            case TIMESTAMP -> "timestamp(9)";
            case UUID -> "uuid";
        };
    }

    @Override
    public List<String> upsert(String target, String staging, List<String> columns, List<String> key) {
        String match =
                key.stream().map(c -> "t." + quote(c) + " = s." + quote(c)).collect(Collectors.joining(" and "));
        String update = columns.stream()
                .filter(c -> !key.contains(c))
                .map(c -> quote(c) + " = s." + quote(c))
                .collect(Collectors.joining(", "));
        String values = columns.stream().map(c -> "s." + quote(c)).collect(Collectors.joining(", "));
        String whenMatched = update.isEmpty() ? "" : " when matched then update set " + update;
        return List.of("merge into " + target + " t using " + staging + " s on " + match + whenMatched
                + " when not matched then insert (" + quoteAll(columns) + ") values (" + values + ")");
    }

    @Override
    public String asText(String column) {
        return "cast(" + column + " as character varying)";
    }

    @Override
    public boolean groupsInMemory() {
        return true;
    }

    /** Seen with kills in several writers' commits; with one writer and {@code WRITE_DELAY=0} it was not. */
    @Override
    public boolean mayTearCommits() {
        return true;
    }

    @Override
    public List<Resource> schema() {
        return List.of(
                new ClassPathResource("org/springframework/batch/core/schema-h2.sql"),
                new ClassPathResource("dev/etljar/database/schema-h2.sql"));
    }
}
