package dev.etljar.database;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column's type as a definition names it: {@code varchar(n), text, integer, bigint, decimal(p,s), double, boolean,
 * date, time, timestamp, uuid}.
 *
 * @param length of a varchar in characters, or the precision of a decimal in digits; 0 for the others
 * @param scale of a decimal in digits; 0 for the others
 */
public record ColumnType(Kind kind, int length, int scale) {

    /** The kinds of types. */
    public enum Kind {
        VARCHAR,
        TEXT,
        INTEGER,
        BIGINT,
        DECIMAL,
        DOUBLE,
        BOOLEAN,
        DATE,
        TIME,
        TIMESTAMP,
        UUID
    }

    private static final String KINDS =
            "varchar(n), text, integer, bigint, decimal(p,s), double, boolean, date, time, timestamp, uuid";
    private static final Pattern TYPE =
            Pattern.compile("([a-z]+)\\s*(?:\\(\\s*(\\d{1,6})\\s*(?:,\\s*(\\d{1,3})\\s*)?\\))?");
    private static final int MAX_PRECISION = 38;
    private static final int MAX_LENGTH = 16_000;

    public static final ColumnType TEXT = new ColumnType(Kind.TEXT, 0, 0);

    public ColumnType {
        if (kind == Kind.VARCHAR && (length < 1 || length > MAX_LENGTH)) {
            throw new IllegalArgumentException("varchar takes a length of 1 to " + MAX_LENGTH + ", use text for more");
        }
        if (kind == Kind.DECIMAL && (length < 1 || length > MAX_PRECISION || scale > length)) {
            throw new IllegalArgumentException(
                    "decimal takes a precision of 1 to " + MAX_PRECISION + " and a scale of at most that");
        }
        if (kind != Kind.VARCHAR && kind != Kind.DECIMAL && (length != 0 || scale != 0)) {
            throw new IllegalArgumentException(kind.name().toLowerCase(Locale.ROOT) + " takes no length");
        }
        if (kind == Kind.VARCHAR && scale != 0) {
            throw new IllegalArgumentException("varchar takes one number, its length");
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with the text, with the types there are */
    public static ColumnType of(Object scalar) {
        String text = scalar.toString().trim().toLowerCase(Locale.ROOT);
        Matcher matcher = TYPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("unknown type '" + scalar + "'; there are " + KINDS);
        }
        int length = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        int scale = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return new ColumnType(kind(matcher.group(1), scalar), length, scale);
    }

    private static Kind kind(String name, Object scalar) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equalsIgnoreCase(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown type '" + scalar + "'; there are " + KINDS);
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case VARCHAR -> name + "(" + length + ")";
            case DECIMAL -> name + "(" + length + "," + scale + ")";
            default -> name;
        };
    }
}
