package dev.etljar.row;

import dev.etljar.csv.UnfitException;
import dev.etljar.database.ColumnType.Kind;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a column's value of a field, as its definition says.
 *
 * <ol>
 *   <li>{@code trim} cuts white space off.
 *   <li>A text that stands for null is null, and then the default; without one it is refused where the column is required.
 *   <li>{@code pattern} and {@code one-of} look at the text.
 *   <li>The text becomes a value of the type.
 *   <li>{@code min} and {@code max}, both allowed themselves, are compared with the value; texts by their UTF-16 code units.
 * </ol>
 *
 * <p>Not thread-safe.
 */
final class ColumnConverter {

    private static final Set<Kind> TIMES = EnumSet.of(Kind.DATE, Kind.TIME, Kind.TIMESTAMP);

    private final String name;
    private final boolean trim;
    private final List<String> nullValues;
    private final boolean required;
    private final @Nullable Matcher pattern;
    private final Set<String> oneOf;
    private final ValueConverter type;
    private final @Nullable Object min;
    private final @Nullable Object max;
    private final @Nullable Object defaultValue;

    private ColumnConverter(ColumnDefinition column, List<String> dialectNullValues, List<String> problems) {
        name = column.name();
        trim = column.trim();
        nullValues = column.nullValues() == null ? dialectNullValues : column.nullValues();
        required = column.required();
        type = type(column, problems);
        pattern = pattern(column, problems);
        oneOf = Set.copyOf(column.oneOf());
        column.oneOf().forEach(text -> value("one-of", text, problems));
        min = value("min", column.min(), problems);
        max = value("max", column.max(), problems);
        checkBounds(column, problems);
        defaultValue = defaultValue(column.defaultValue(), problems);
    }

    /**
     * @param dialectNullValues texts that stand for null where the column names none of its own
     * @throws IllegalArgumentException with the column's problems
     */
    static ColumnConverter of(ColumnDefinition column, List<String> dialectNullValues) {
        List<String> problems = new ArrayList<>();
        ColumnConverter converter = new ColumnConverter(column, dialectNullValues, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("column '" + column.name() + "': " + String.join("; ", problems));
        }
        return converter;
    }

    /** What makes a definition one that no converter can be made of; empty when it is right. */
    static List<String> problems(ColumnDefinition column) {
        List<String> problems = new ArrayList<>();
        new ColumnConverter(column, List.of(), problems);
        return List.copyOf(problems);
    }

    String name() {
        return name;
    }

    @Nullable
    Object convert(String field) throws UnfitException {
        String text = trim ? field.strip() : field;
        if (!nullValues.contains(text)) {
            return value(text);
        }
        if (defaultValue == null && required) {
            throw new UnfitException("a value is required");
        }
        return defaultValue;
    }

    private Object value(String text) throws UnfitException {
        if (pattern != null && !matches(pattern, text)) {
            throw new UnfitException("does not match the pattern " + pattern.pattern());
        }
        if (!oneOf.isEmpty() && !oneOf.contains(text)) {
            throw new UnfitException("none of the values allowed");
        }
        Object value = type.convert(text);
        if (min != null && compare(value, min) < 0) {
            throw new UnfitException("less than the minimum " + min);
        }
        if (max != null && compare(value, max) > 0) {
            throw new UnfitException("more than the maximum " + max);
        }
        return value;
    }

    private static boolean matches(Matcher pattern, String text) throws UnfitException {
        try {
            return pattern.reset(text).matches();
        } catch (StackOverflowError e) {
            // Java's regular expressions call themselves: (a|b)* runs out of stack at some thousand characters.
            throw new UnfitException(
                    "too long for the pattern " + pattern.pattern().pattern());
        }
    }

    @SuppressWarnings("unchecked") // all types of values are comparable, and both are of the column's type
    private static int compare(Object value, Object bound) {
        return ((Comparable<Object>) value).compareTo(bound);
    }

    private static ValueConverter type(ColumnDefinition column, List<String> problems) {
        Kind kind = column.type().kind();
        if (column.format() != null && !TIMES.contains(kind)) {
            problems.add("'format' is for date, time and timestamp, not for " + column.type());
        }
        if (column.zone() != null && kind != Kind.TIMESTAMP) {
            problems.add("'zone' is for timestamp, not for " + column.type());
        }
        try {
            return ValueConverter.of(column);
        } catch (IllegalArgumentException | DateTimeException e) {
            problems.add("'format' '" + column.format() + "': " + e.getMessage());
            return text -> text;
        }
    }

    private static @Nullable Matcher pattern(ColumnDefinition column, List<String> problems) {
        if (column.pattern() == null) {
            return null;
        }
        try {
            return Pattern.compile(column.pattern()).matcher("");
        } catch (PatternSyntaxException e) {
            problems.add("'pattern' '" + column.pattern() + "': " + e.getDescription() + " at character "
                    + (e.getIndex() + 1));
            return null;
        }
    }

    private @Nullable Object value(String key, @Nullable String text, List<String> problems) {
        try {
            return text == null ? null : type.convert(text);
        } catch (UnfitException e) {
            problems.add("'" + key + "' '" + text + "': " + e.reason());
            return null;
        }
    }

    private void checkBounds(ColumnDefinition column, List<String> problems) {
        Kind kind = column.type().kind();
        if ((kind == Kind.BOOLEAN || kind == Kind.UUID) && (column.min() != null || column.max() != null)) {
            problems.add("'min' and 'max' are not for " + column.type());
        } else if (min != null && max != null && compare(min, max) > 0) {
            problems.add("'min' '" + column.min() + "' is more than 'max' '" + column.max() + "'");
        }
    }

    private @Nullable Object defaultValue(@Nullable String text, List<String> problems) {
        try {
            return text == null ? null : value(text);
        } catch (UnfitException e) {
            problems.add("'default' '" + text + "': " + e.reason());
            return null;
        }
    }
}
