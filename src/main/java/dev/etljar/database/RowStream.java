package dev.etljar.database;

import java.io.InputStream;
import java.time.temporal.ChronoField;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as the bytes of their {@link RowText}, made while they are read. Not thread-safe. */
final class RowStream extends InputStream {

    /** Bytes to make at once. */
    private static final int BLOCK = 1 << 16;

    private final Iterator<@Nullable Object[]> rows;
    private final RowText text;
    private int read;

    RowStream(List<@Nullable Object[]> rows, ChronoField fractionUnit) {
        this.rows = rows.iterator();
        this.text = new RowText(fractionUnit);
    }

    @Override
    public int read() {
        return more() ? text.bytes()[read++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (!more()) {
            return -1;
        }
        int bytes = Math.min(length, text.length() - read);
        System.arraycopy(text.bytes(), read, into, offset, bytes);
        read += bytes;
        return bytes;
    }

    private boolean more() {
        if (read == text.length()) {
            text.clear();
            read = 0;
            while (rows.hasNext() && text.length() < BLOCK) {
                text.append(rows.next());
            }
        }
        return read < text.length();
    }
}
