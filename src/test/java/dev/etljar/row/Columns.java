package dev.etljar.row;

import dev.etljar.database.ColumnType;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns with only the options that a test speaks of. */
final class Columns {

    private Columns() {}

    static ColumnDefinition text(String name, int position) {
        return new ColumnDefinition(
                name,
                new SourceField.Numbered(position),
                ColumnType.TEXT,
                false,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    static ColumnDefinition of(String type) {
        return formatted(type, null, null);
    }

    static ColumnDefinition formatted(String type, @Nullable String format, @Nullable String zone) {
        ZoneId zoneId = zone == null ? null : ZoneId.of(zone);
        return new ColumnDefinition(
                "a", null, ColumnType.of(type), false, null, false, null, format, zoneId, null, null, null, List.of());
    }

    static ColumnDefinition named(String name, @Nullable SourceField from) {
        return new ColumnDefinition(
                name, from, ColumnType.TEXT, false, null, false, null, null, null, null, null, null, List.of());
    }

    static ColumnDefinition required(String type, boolean required, @Nullable String defaultValue) {
        return new ColumnDefinition(
                "a",
                null,
                ColumnType.of(type),
                required,
                defaultValue,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    static ColumnDefinition bounded(String type, @Nullable String min, @Nullable String max) {
        return new ColumnDefinition(
                "a", null, ColumnType.of(type), false, null, false, null, null, null, min, max, null, List.of());
    }

    static ColumnDefinition allowing(String type, @Nullable String pattern, String... oneOf) {
        return new ColumnDefinition(
                "a",
                null,
                ColumnType.of(type),
                false,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                pattern,
                List.of(oneOf));
    }

    static ColumnDefinition nulls(String type, boolean trim, @Nullable List<String> nullValues) {
        return new ColumnDefinition(
                "a", null, ColumnType.of(type), false, null, trim, nullValues, null, null, null, null, null, List.of());
    }
}
