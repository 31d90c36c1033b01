package dev.etljar.database;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows as text in UTF-8, in a form that a database reads; how null and texts are written is up to it. A boolean is 1 or 0; a year
 * before 1 is written as PostgreSQL does, with BC. The buffer is used again and again. Not thread-safe.
 */
abstract class ValueText {

    private static final int MICROSECOND_DIGITS = 6;
    private static final int NANOSECOND_DIGITS = 9;
    private static final int FIRST_SIZE = 1 << 16;
    /** The longest array that virtual machines make. */
    private static final int MAX_SIZE = Integer.MAX_VALUE - 8;
    /** The most bytes that a value of a type of fixed size takes, with its separator: a UUID has 36. */
    private static final int MOST_OF_A_NUMBER = 64;

    /** Powers of ten that a long holds. */
    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(19).toArray();

    private final ChronoField fractionUnit;
    byte[] bytes = new byte[FIRST_SIZE];
    int length;

    /** @param fractionUnit of a second's fraction: its microseconds, less what is left of them, or its nanoseconds */
    ValueText(ChronoField fractionUnit) {
        this.fractionUnit = fractionUnit;
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

    /** Adds a row, with a value for every column. */
    abstract void append(@Nullable Object[] row);

    /** Room for {@value #MOST_OF_A_NUMBER} bytes is reserved. */
    abstract void nothing();

    abstract void text(String text);

    /** Writes a value, and leaves room for a byte behind it. */
    final void value(@Nullable Object value) {
        reserve(MOST_OF_A_NUMBER);
        if (value == null) {
            nothing();
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
        } else if (value instanceof BigDecimal number) {
            decimal(number);
        } else {
            ascii(value.toString());
        }
        reserve(1);
    }

    @SuppressWarnings("deprecation") // the one method that copies ASCII without an encoder
    private void ascii(String text) {
        reserve(text.length() + 1);
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    private void decimal(BigDecimal number) {
        int scale = number.scale();
        if (scale <= 0 || scale >= POWERS.length || number.precision() >= POWERS.length) {
            ascii(number.toPlainString());
            return;
        }
        long unscaled = number.scaleByPowerOfTen(scale).longValue();
        if (unscaled < 0) {
            put('-');
        }
        whole(Math.abs(unscaled) / POWERS[scale]);
        put('.');
        digits(Math.abs(unscaled) % POWERS[scale], scale);
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

    final void put(char ascii) {
        bytes[length++] = (byte) ascii;
    }

    final void reserve(int more) {
        if (bytes.length - length < more) {
            long wanted = Math.max(Math.min(bytes.length * 2L, MAX_SIZE), (long) length + more);
            if (wanted > MAX_SIZE) {
                throw new OutOfMemoryError("the rows of a chunk take more than " + MAX_SIZE + " bytes");
            }
            bytes = Arrays.copyOf(bytes, (int) wanted);
        }
    }
}
