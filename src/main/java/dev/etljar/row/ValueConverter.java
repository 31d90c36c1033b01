package dev.etljar.row;

import dev.etljar.csv.UnfitException;
import dev.etljar.database.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the Java value of a text that is not null, exactly or not at all: nothing is rounded, cut off or wrapped around. */
interface ValueConverter {

    /** The longest text that can be a number; without a limit a million digits would take seconds. */
    int MAX_NUMBER = 400;

    /** Digits that a long always holds. */
    int MAX_PLAIN = 18;

    Object convert(String text) throws UnfitException;

    /** @throws IllegalArgumentException where 'format' or 'zone' are wrong */
    static ValueConverter of(ColumnDefinition column) {
        ColumnType type = column.type();
        return switch (type.kind()) {
            case TEXT -> ValueConverter::text;
            case VARCHAR -> text -> varchar(text, type.length());
            case INTEGER -> text -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
            case BIGINT -> text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
            case DECIMAL -> text -> decimal(text, type);
            case DOUBLE -> ValueConverter::floating;
            case BOOLEAN -> ValueConverter::truth;
            case DATE -> TimeConverters.date(column.format());
            case TIME -> TimeConverters.time(column.format());
            case TIMESTAMP -> TimeConverters.timestamp(column.format(), column.zone());
            case UUID -> ValueConverter::uuid;
        };
    }

    private static String text(String text) throws UnfitException {
        int at = text.indexOf('\0');
        if (at >= 0) {
            throw new UnfitException(
                    "a NUL character (U+0000) at character " + (at + 1) + ", which databases cannot store");
        }
        return text;
    }

    private static String varchar(String text, int most) throws UnfitException {
        if (text.length() > most) {
            int length = text.codePointCount(0, text.length());
            if (length > most) {
                throw new UnfitException(length + " characters, but varchar(" + most + ") takes at most " + most);
            }
        }
        return text(text);
    }

    private static long whole(String text, long least, long most, String type) throws UnfitException {
        int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (text.length() == digits) {
            throw new UnfitException("no whole number");
        }
        for (int i = digits; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new UnfitException("no whole number");
            }
        }
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Only digits, so it is too large: the same answer as below.
        }
        throw new UnfitException("out of the range of " + type + ", which is " + least + " to " + most);
    }

    private static BigDecimal decimal(String text, ColumnType type) throws UnfitException {
        BigDecimal plain = plainDecimal(text, type);
        return plain == null ? anyDecimal(text, type) : plain;
    }

    /** From at most 18 digits, with a sign or without, or null for anything else: the way that most decimals take. */
    private static @Nullable BigDecimal plainDecimal(String text, ColumnType type) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        int scale = type.scale();
        if (text.length() > MAX_PLAIN) {
            return null;
        }
        long unscaled = 0;
        int digits = 0;
        int point = -1;
        for (int i = signed ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                unscaled = unscaled * 10 + (c - '0');
                digits++;
            } else if (c == '.' && point < 0) {
                point = digits;
            } else {
                return null;
            }
        }
        int missing = point < 0 ? scale : scale - (digits - point);
        if (digits == 0 || missing < 0 || digits + missing > MAX_PLAIN) {
            return null;
        }
        for (int i = 0; i < missing; i++) {
            unscaled *= 10;
        }
        BigDecimal value = BigDecimal.valueOf(text.startsWith("-") ? -unscaled : unscaled, scale);
        return value.precision() > type.length() ? null : value;
    }

    private static BigDecimal anyDecimal(String text, ColumnType type) throws UnfitException {
        requireNumber(text);
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new UnfitException("no number");
        }
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(type.scale());
        }
        BigDecimal shortest = value.stripTrailingZeros();
        if (shortest.scale() > type.scale()) {
            throw new UnfitException(
                    shortest.scale() + " digits after the point, but " + type + " takes at most " + type.scale());
        }
        // Compared before any zeros are written out: 1e999999999 would need a gigabyte.
        long integerDigits = (long) shortest.precision() - shortest.scale();
        if (integerDigits > type.length() - type.scale()) {
            throw new UnfitException(integerDigits + " digits before the point, but " + type + " takes at most "
                    + (type.length() - type.scale()));
        }
        return shortest.setScale(type.scale(), RoundingMode.UNNECESSARY);
    }

    private static Double floating(String text) throws UnfitException {
        requireNumber(text);
        try {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw new UnfitException("out of the range of double");
            }
            return value;
        } catch (NumberFormatException e) {
            throw new UnfitException("no number");
        }
    }

    /** Java's own parsers take more: digits of other scripts, white space, {@code 1f}, {@code 0x1p3}, {@code NaN}. */
    private static void requireNumber(String text) throws UnfitException {
        if (text.length() > MAX_NUMBER) {
            throw new UnfitException("a number of more than " + MAX_NUMBER + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                throw new UnfitException("no number");
            }
        }
    }

    private static Boolean truth(String text) throws UnfitException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw new UnfitException("neither true (true, t, yes, y, 1) nor false (false, f, no, n, 0)");
        };
    }

    private static UUID uuid(String text) throws UnfitException {
        // UUID.fromString takes 1-1-1-1-1 and signs as well.
        boolean fits = text.length() == 36;
        for (int i = 0; fits && i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            char c = text.charAt(i);
            fits = dash ? c == '-' : c < 128 && Character.digit(c, 16) >= 0;
        }
        if (!fits) {
            throw new UnfitException("no UUID such as 123e4567-e89b-12d3-a456-426614174000");
        }
        return UUID.fromString(text);
    }
}
