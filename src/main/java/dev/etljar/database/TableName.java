package dev.etljar.database;

import org.jspecify.annotations.Nullable;

/** A table as a definition names it: {@code table} or {@code schema.table}. */
public record TableName(@Nullable String schema, String name) {

    /** @throws IllegalArgumentException where the text has more than two parts, or an empty one */
    public static TableName of(String text) {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            if (part.isBlank() || parts.length > 2) {
                throw new IllegalArgumentException("a table is named 'table' or 'schema.table', not '" + text + "'");
            }
        }
        return parts.length == 1 ? new TableName(null, parts[0]) : new TableName(parts[0], parts[1]);
    }

    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
