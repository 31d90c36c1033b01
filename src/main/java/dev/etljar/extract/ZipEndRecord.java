package dev.etljar.extract;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/**
 * The record at the end of a zip (APPNOTE.TXT 4.3.14 to 4.3.16). The library reads the directory until something
 * in it is no entry, so a damaged one would be a shorter one; the number of entries that is written here tells.
 */
final class ZipEndRecord {

    private static final int SIGNATURE = 0x06054b50;
    private static final int SIZE = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_SIZE = 20;
    private static final int SIGNATURE_64 = 0x06064b50;
    private static final int SIZE_64 = 56;

    private ZipEndRecord() {}

    /** How many entries the zip says it has. */
    static long entries(ArchiveChannel channel) throws IOException {
        long size = channel.size();
        int length = (int) Math.min(size, SIZE + LONGEST_COMMENT + LOCATOR_64_SIZE);
        ByteBuffer tail = read(channel, size - length, length);
        for (int at = length - SIZE; at >= 0; at--) {
            if (tail.getInt(at) == SIGNATURE) {
                int entries = Short.toUnsignedInt(tail.getShort(at + 10));
                return entries == 0xffff ? entries64(channel, tail, at - LOCATOR_64_SIZE) : entries;
            }
        }
        throw new ZipException("its end is missing");
    }

    private static long entries64(ArchiveChannel channel, ByteBuffer tail, int locator) throws IOException {
        if (locator < 0 || tail.getInt(locator) != LOCATOR_64) {
            return 0xffff;
        }
        ByteBuffer record = read(channel, tail.getLong(locator + 8), SIZE_64);
        if (record.getInt(0) != SIGNATURE_64) {
            throw new ZipException("its ZIP64 end is missing");
        }
        return record.getLong(32);
    }

    private static ByteBuffer read(ArchiveChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(position);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("it ends before byte " + (position + length));
            }
        }
        return bytes;
    }
}
