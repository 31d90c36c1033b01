package dev.etljar.row;

import dev.etljar.database.ColumnType;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * One column of a load.
 *
 * @param name the column in the table
 * @param from where its value stands in the record; the header of the column's name where it is not given
 * @param type its type; text where it is not given
 * @param required whether null is a reason to reject the record
 * @param defaultValue the text that stands in for null, converted as if it had been in the file; the key is {@code default}
 * @param trim whether white space around the value is cut off before all else
 * @param nullValues texts that stand for null; the dialect's where it is not given
 * @param format the pattern of a date, time or timestamp as in {@link java.time.format.DateTimeFormatter}; ISO 8601 where it is not given
 * @param zone the time zone of a timestamp that names none
 * @param min the least value allowed, as text of the column's type
 * @param max the greatest value allowed, as text of the column's type
 * @param pattern a regular expression that the whole text must match
 * @param oneOf the only texts allowed; empty allows all
 */
public record ColumnDefinition(
        String name,
        @Nullable SourceField from,
        @DefaultValue("text") ColumnType type,
        @DefaultValue("false") boolean required,
        @Name("default") @Nullable String defaultValue,
        @DefaultValue("false") boolean trim,
        @Nullable List<String> nullValues,
        @Nullable String format,
        @Nullable ZoneId zone,
        @Nullable String min,
        @Nullable String max,
        @Nullable String pattern,
        @DefaultValue List<String> oneOf) {

    public ColumnDefinition {
        if (name.isBlank()) {
            throw new IllegalArgumentException("'name' is empty");
        }
        nullValues = nullValues == null ? null : List.copyOf(nullValues);
        oneOf = List.copyOf(oneOf);
    }

    /** What its options ask that cannot be done, one sentence each without the column's name; empty when all is well. */
    public List<String> problems() {
        return ColumnConverter.problems(this);
    }

    /** Where the value stands; never null. */
    public SourceField source() {
        return from == null ? new SourceField.Named(name) : from;
    }
}
