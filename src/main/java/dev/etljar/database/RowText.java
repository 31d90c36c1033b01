package dev.etljar.database;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format that PostgreSQL's COPY and MariaDB's LOAD DATA both read by default: a tab between values, a newline
 * after a row, {@code \N} for null, a backslash before a tab, a newline, a carriage return and itself.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Text Format"</a>
 */
final class RowText extends ValueText {

    /** The most bytes that a byte makes: two of an escape. */
    private static final int MOST_OF_A_BYTE = 2;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long ABOVE_LINE_ENDS = ('\r' + 1) * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;

    /** @param fractionUnit of a second's fraction: its microseconds, less what is left of them, or its nanoseconds */
    RowText(ChronoField fractionUnit) {
        super(fractionUnit);
    }

    @Override
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

    @Override
    void nothing() {
        put('\\');
        put('N');
    }

    /** Few texts have anything to escape: they are copied, and looked at eight bytes at a time, with blanks behind them. */
    @Override
    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length * MOST_OF_A_BYTE + Long.BYTES);
        int end = length + encoded.length;
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        EIGHT.set(bytes, end, BLANKS);
        for (int i = length; i < end; i += Long.BYTES) {
            if (hasSpecial((long) EIGHT.get(bytes, i))) {
                escaped(encoded);
                return;
            }
        }
        length = end;
    }

    /**
     * Whether one of eight bytes is a backslash, or a control character up to CR.
     *
     * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord">Bit Twiddling Hacks</a>
     */
    private static boolean hasSpecial(long eight) {
        return ((below(eight, ABOVE_LINE_ENDS) | below(eight ^ BACKSLASHES, ONES)) & HIGH_BITS) != 0;
    }

    private static long below(long eight, long bounds) {
        return (eight - bounds) & ~eight;
    }

    private void escaped(byte[] encoded) {
        for (byte b : encoded) {
            if (b < 0) {
                bytes[length++] = b;
            } else {
                ascii((char) b);
            }
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

    private void escaped(char letter) {
        put('\\');
        put(letter);
    }
}
