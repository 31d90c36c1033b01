package dev.etljar.database;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format that PostgreSQL's COPY and MariaDB's LOAD DATA both read by default: UTF-8, a tab between values,
 * a newline after a row, {@code \N} for null, a backslash before a tab, a newline, a carriage return and itself. A boolean is
 * 1 or 0; a year before 1 is written as PostgreSQL does, with BC. The buffer is used again and again. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Text Format"</a>
 */
final class RowText {

    private static final int MICROSECOND_DIGITS = 6;
    private static final int NANOSECOND_DIGITS = 9;
    private static final int FIRST_SIZE = 1 << 16;
    /** The most bytes that a value of a type of fixed size takes, with its separator: a UUID has 36. */
    private static final int MOST_OF_A_NUMBER = 64;
    /** The most bytes that a char makes: three of UTF-8, or two of an escape. */
    private static final int MOST_OF_A_CHAR = 3;

    /** Which ASCII characters stand for themselves. */
    private static final boolean[] PLAIN = plain();

    private final ChronoField fractionUnit;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    /** @param fractionUnit of a second's fraction: its microseconds, less what is left of them, or its nanoseconds */
    RowText(ChronoField fractionUnit) {
        this.fractionUnit = fractionUnit;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[0x80];
        Arrays.fill(plain, true);
        for (char special : new char[] {'\t', '\n', '\r', '\\'}) {
            plain[special] = false;
        }
        return plain;
    }

    void clear() {
        length = 0;
    }

    /** The buffer, of which {@link #length()} bytes count. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void append(@Nullable Object[] row) {
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                put('\t');
            }
            value(row[i]);
        }
        reserve(1);
        put('\n');
    }

    private void value(@Nullable Object value) {
        reserve(MOST_OF_A_NUMBER);
        if (value == null) {
            put('\\');
            put('N');
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Integer || value instanceof Long) {
            whole(((Number) value).longValue());
        } else if (value instanceof Boolean truth) {
            put(truth ? '1' : '0');
        } else if (value instanceof LocalDate date) {
            date(date);
            era(date.getYear());
        } else if (value instanceof LocalDateTime timestamp) {
            date(timestamp.toLocalDate());
            put(' ');
            time(timestamp.toLocalTime());
            era(timestamp.getYear());
        } else if (value instanceof LocalTime time) {
            time(time);
        } else {
            ascii(value instanceof BigDecimal number ? number.toPlainString() : value.toString());
        }
        reserve(1);
    }

    /** Most texts are ASCII without anything to escape; local variables keep their loop free of stores to fields. */
    private void text(String text) {
        int chars = text.length();
        reserve(chars * MOST_OF_A_CHAR + 1);
        byte[] into = bytes;
        int at = length;
        int i = 0;
        while (i < chars) {
            char c = text.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c]) {
                break;
            }
            into[at++] = (byte) c;
            i++;
        }
        length = at;
        if (i < chars) {
            encoded(text, i);
        }
    }

    private void ascii(char c) {
        switch (c) {
            case '\t' -> escaped('t');
            case '\n' -> escaped('n');
            case '\r' -> escaped('r');
            case '\\' -> escaped('\\');
            default -> put(c);
        }
    }

    private void encoded(String text, int from) {
        for (byte b : text.substring(from).getBytes(StandardCharsets.UTF_8)) {
            if (b < 0) {
                bytes[length++] = b;
            } else {
                ascii((char) b);
            }
        }
    }

    private void escaped(char letter) {
        put('\\');
        put(letter);
    }

    @SuppressWarnings("deprecation") // the one method that copies ASCII without an encoder
    private void ascii(String text) {
        reserve(text.length() + 1);
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    private void whole(long value) {
        if (value == Long.MIN_VALUE) {
            ascii(Long.toString(value));
            return;
        }
        if (value < 0) {
            put('-');
        }
        long rest = Math.abs(value);
        int digits = 1;
        for (long limit = 10; digits < 19 && rest >= limit; limit *= 10) {
            digits++;
        }
        digits(rest, digits);
    }

    /** The lowest digits of a number, with leading zeros. */
    private void digits(long value, int count) {
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void date(LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        digits(year, year > 9_999 ? Integer.toString(year).length() : 4);
        put('-');
        digits(date.getMonthValue(), 2);
        put('-');
        digits(date.getDayOfMonth(), 2);
    }

    private void era(int year) {
        if (year < 1) {
            ascii(" BC");
        }
    }

    private void time(LocalTime time) {
        digits(time.getHour(), 2);
        put(':');
        digits(time.getMinute(), 2);
        put(':');
        digits(time.getSecond(), 2);
        long fraction = time.getLong(fractionUnit);
        if (fraction > 0) {
            put('.');
            digits(fraction, fractionUnit == ChronoField.MICRO_OF_SECOND ? MICROSECOND_DIGITS : NANOSECOND_DIGITS);
        }
    }

    private void put(char ascii) {
        bytes[length++] = (byte) ascii;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
