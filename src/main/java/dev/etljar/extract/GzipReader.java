package dev.etljar.extract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Reads a gzip, of one or more members: a tar in it is read as a tar, everything else is one file. */
final class GzipReader {

    private static final int BLOCK = 1 << 16;

    private final Unpacking unpacking;

    GzipReader(Unpacking unpacking) {
        this.unpacking = unpacking;
    }

    void read() throws IOException {
        unpacking.channel().allow(1 << 20);
        try (InputStream packed = new BufferedInputStream(Channels.newInputStream(unpacking.channel()), BLOCK);
                InputStream gzip = GzipCompressorInputStream.builder()
                        .setInputStream(packed)
                        .setDecompressConcatenated(true)
                        .get();
                BufferedInputStream unpacked = new BufferedInputStream(gzip, BLOCK)) {
            if (ArchiveFormat.of(peek(unpacked)) == ArchiveFormat.TAR) {
                new TarReader(unpacking).read(unpacked);
            } else {
                readFile(unpacked);
            }
        }
    }

    private void readFile(InputStream unpacked) throws IOException {
        // The name in the header is whatever the sender's file was called once; the one that was asked for is known.
        EntryName name = unpacking.enter(nameOf(unpacking.archive().name()), true);
        if (unpacking.needs(name)) {
            unpacking.take(name, unpacking.metered(unpacked), size -> {});
        }
    }

    private static byte[] peek(BufferedInputStream unpacked) throws IOException {
        unpacked.mark(ArchiveFormat.HEAD);
        byte[] head = unpacked.readNBytes(ArchiveFormat.HEAD);
        unpacked.reset();
        return head;
    }

    private static String nameOf(String archive) {
        String last = archive.substring(archive.lastIndexOf('/') + 1);
        return last.matches("(?i).+\\.gz") ? last.substring(0, last.length() - 3) : last;
    }
}
