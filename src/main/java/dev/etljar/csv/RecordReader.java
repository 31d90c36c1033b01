package dev.etljar.csv;

import dev.etljar.run.DataRefusedException;
import dev.etljar.run.Sha256;
import dev.etljar.run.StopSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into records, and can go on at the position after any of them at the cost of one seek. It reads to the file's
 * end, or of a {@link Range} to where that ends.
 *
 * <ol>
 *   <li>At byte 0 a UTF-8 byte order mark is skipped, and then the header where the dialect has one, blank lines before it included.
 *   <li>A record ends where {@link Framing} says; the last one needs no line end. An empty line is a blank record,
 *       in a file of one column, too.
 *   <li>A record has at most 1 MiB and 1,000 physical lines. When one is longer, or the file ends within
 *       its quotes, it is cut back to its first physical line, returned as malformed, and reading goes on at the next line: a quote
 *       that nobody closes costs one record and not the rest of the file.
 *   <li>Of a single line over the limit the first MiB is returned as malformed, and the rest skipped in constant memory.
 * </ol>
 *
 * <p>The same bytes give the same records whatever the position it was opened at. Not thread-safe.
 */
public final class RecordReader implements AutoCloseable {

    /** Bytes to read at once. */
    static final int BLOCK = 1 << 18;

    private static final int MAX_LINES = 1000;
    private static final int UNCLOSED = -3;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** The most bytes of a record, its line end not counted. */
    static final int MAX_BYTES = 1 << 20;

    private final FileChannel channel;
    private final CsvDefinition csv;
    private final Framing framing;
    private byte[] buffer;
    private int start;
    private int limit;
    private boolean ended;
    private final long end;
    private long offset;
    private long record;
    private long line;

    /**
     * @param end the offset at which the last record to be returned ends
     * @throws DataRefusedException where the file is shorter than the position
     */
    public RecordReader(Path file, CsvDefinition csv, Position start, long end) throws IOException {
        this(file, csv, start, end, BLOCK, csv.header());
    }

    /** A reader from the file's beginning for which the header is a record like the others. */
    public static RecordReader withHeader(Path file, CsvDefinition csv) throws IOException {
        return new RecordReader(file, csv, Position.START, Long.MAX_VALUE, BLOCK, false);
    }

    /**
     * @param block bytes to read at once, at least 1
     * @param skipHeader whether the first record of the file is not to be returned
     */
    RecordReader(Path file, CsvDefinition csv, Position start, long end, int block, boolean skipHeader)
            throws IOException {
        this.csv = csv;
        this.end = end;
        this.offset = start.offset();
        this.record = start.record();
        this.line = start.line();
        this.framing = Framing.of(csv, MAX_LINES);
        this.buffer = new byte[block];
        this.channel = FileChannel.open(file);
        try {
            if (start.offset() > channel.size()) {
                throw new DataRefusedException(
                        "%s has %d bytes, but reading is to go on at byte %d; put the file back that it began with"
                                .formatted(file, channel.size(), start.offset()));
            }
            channel.position(start.offset());
            if (start.offset() == 0) {
                skipByteOrderMark();
                if (skipHeader) {
                    skipHeader();
                }
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The next record, or null at the end. */
    public @Nullable RawRecord next() throws IOException {
        if (offset >= end) {
            return null;
        }
        framing.begin();
        int recordEnd = endOfRecord();
        if (recordEnd < 0) {
            return cutBack(recordEnd);
        }
        if (recordEnd == limit && start == limit) {
            return null;
        }
        return take(recordEnd, afterLineEnd(recordEnd), framing.lineBreaks() + 1, framing.plain(), framing.malformed());
    }

    /**
     * Passes over records until one ends at this offset or after it, which costs less than to return them.
     *
     * @return whether there is more of the file
     */
    boolean skipTo(long target) throws IOException {
        while (offset < target) {
            framing.begin();
            int recordEnd = endOfRecord();
            if (recordEnd < 0) {
                cutBack(recordEnd);
            } else if (recordEnd == limit && start == limit) {
                return false;
            } else {
                passOver(afterLineEnd(recordEnd), framing.lineBreaks() + 1);
            }
        }
        return offset < channel.size();
    }

    private int afterLineEnd(int recordEnd) {
        return recordEnd == limit ? recordEnd : recordEnd + Framing.lineEndLength(buffer, recordEnd, limit);
    }

    /** Right after the last record returned; right after the header before the first. */
    public Position position() {
        return new Position(offset, record, line);
    }

    /** The size of the file that is open, whatever its path leads to by now. */
    public long size() throws IOException {
        return channel.size();
    }

    /** The SHA-256 of the file that is open, whatever its path leads to by now. No record can be read afterwards. */
    public String sha256(StopSignal stop) throws IOException {
        return Sha256.of(Channels.newInputStream(channel.position(0)), stop);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The index of the record's line end, the limit at the file's end, or a negative number where it must be cut back. */
    private int endOfRecord() throws IOException {
        while (true) {
            // Two bytes more than a record may have: its line end, if it has one, is among them.
            int to = Math.min(limit, start + MAX_BYTES + 2);
            boolean full = to == start + MAX_BYTES + 2;
            int end = framing.scan(buffer, start, to, ended && !full);
            if (end >= 0 && end - start <= MAX_BYTES) {
                return end;
            }
            if (end != Framing.MORE || full) {
                return Framing.TOO_LONG;
            }
            if (ended && framing.quoted()) {
                return UNCLOSED;
            }
            if (ended) {
                return limit - start > MAX_BYTES ? Framing.TOO_LONG : limit;
            }
            readMore();
        }
    }

    private void readMore() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        limit -= start;
        start = 0;
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = channel.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit));
        ended = read < 0;
        limit += Math.max(read, 0);
    }

    private RawRecord cutBack(int why) throws IOException {
        String reason = reason(why);
        if (framing.firstLineEnd() >= 0) {
            return take(start + framing.firstLineEnd(), start + framing.secondLineStart(), 1, false, reason);
        }
        if (why == UNCLOSED) {
            return take(limit, limit, 1, false, reason);
        }
        RawRecord firstPart = take(start + MAX_BYTES, start + MAX_BYTES, 1, false, reason);
        offset += skipLine();
        return firstPart;
    }

    private String reason(int why) {
        String limits = MAX_LINES + " lines or 1 MiB";
        if (!framing.quoted()) {
            return "the record is longer than " + limits;
        }
        return "quote opened at " + framing.openedAt(buffer, start, csv.charset(), line + 1) + " is not closed "
                + (why == UNCLOSED ? "before the end of the file" : "within " + limits);
    }

    /** Skips to the next line; returns how many bytes that were. */
    private long skipLine() throws IOException {
        long skipped = 0;
        while (true) {
            for (int i = start; i < limit; i++) {
                boolean lineEnd = buffer[i] == '\n' || buffer[i] == '\r';
                if (lineEnd && (i + 1 < limit || ended || buffer[i] == '\n')) {
                    int next = i + Framing.lineEndLength(buffer, i, limit);
                    skipped += next - start;
                    start = next;
                    return skipped;
                }
                if (lineEnd) {
                    break; // an LF may follow in the next block
                }
                skipped++;
                start = i + 1;
            }
            if (ended) {
                return skipped;
            }
            readMore();
        }
    }

    private RawRecord take(int recordEnd, int next, int lines, boolean plain, @Nullable String malformed) {
        byte[] bytes = Arrays.copyOfRange(buffer, start, recordEnd);
        RawRecord taken = new RawRecord(line + 1, record + 1, offset, bytes, plain, malformed);
        passOver(next, lines);
        return taken;
    }

    private void passOver(int next, int lines) {
        offset += next - start;
        record++;
        line += lines;
        start = next;
    }

    private void skipByteOrderMark() throws IOException {
        while (limit < BYTE_ORDER_MARK.length && !ended) {
            readMore();
        }
        int length = BYTE_ORDER_MARK.length;
        if (limit >= length && Arrays.equals(buffer, 0, length, BYTE_ORDER_MARK, 0, length)) {
            start = length;
            offset = length;
        }
    }

    private void skipHeader() throws IOException {
        RawRecord header = next();
        while (header != null && header.blank()) {
            header = next();
        }
        record = 0;
    }
}
