package dev.etljar.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes that may mean something to a {@link Framing}: line ends, and up to two characters. It looks at eight at once; so
 * control characters up to CR, which are rare, are found with the line ends.
 *
 * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit Twiddling Hacks, "Determine if a
 *     word has a byte equal to n" and "less than n"</a>
 */
final class SpecialBytes {

    /** How many bytes it looks at at once. */
    static final int WIDTH = Long.BYTES;

    /** The first byte in the lowest bits, where a borrow from the byte before cannot reach it. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long ABOVE_LINE_ENDS = ('\r' + 1) * ONES;

    private final long first;
    private final long second;

    /** @param first an ASCII character, as is the second; a larger number is none */
    SpecialBytes(int first, int second) {
        this.first = repeated(first);
        this.second = repeated(second);
    }

    private static long repeated(int character) {
        return (character > Byte.MAX_VALUE ? '\n' : character) * ONES;
    }

    /** How many of the {@value #WIDTH} bytes from here stand before the first special one; all where there is none. */
    int before(byte[] bytes, int from) {
        long eight = (long) EIGHT.get(bytes, from);
        long found = below(eight, ABOVE_LINE_ENDS) | below(eight ^ first, ONES) | below(eight ^ second, ONES);
        return Long.numberOfTrailingZeros(found & HIGH_BITS) / Byte.SIZE;
    }

    /** In the high bit of each byte whether it is less than the bound in its place; what follows the first such byte may be wrong. */
    private static long below(long eight, long bounds) {
        return (eight - bounds) & ~eight;
    }
}
