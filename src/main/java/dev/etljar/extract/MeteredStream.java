package dev.etljar.extract;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Counts what is unpacked, the skipped parts too, because these cost time as well. */
final class MeteredStream extends FilterInputStream {

    private static final int BLOCK = 1 << 16;

    private final LongConsumer meter;
    private long count;

    /** @param meter hears of every block, in bytes, and may refuse it by an exception */
    MeteredStream(InputStream in, LongConsumer meter) {
        super(in);
        this.meter = meter;
    }

    /** Bytes read so far. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        if (n > 0) {
            count += n;
            meter.accept(n);
        }
        return n;
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] block = new byte[(int) Math.max(0, Math.min(bytes, BLOCK))];
        return Math.max(0, read(block, 0, block.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
