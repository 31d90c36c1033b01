package dev.etljar.extract;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a tar from its beginning to its end mark; without the mark it is cut short, because a tar says nowhere how long it is. */
final class TarReader {

    private static final int RECORD = 512;

    /** The library keeps long names and extended headers in memory. */
    private static final long LONGEST_HEADER = 1 << 20;

    private final Unpacking unpacking;
    private final String archive;

    TarReader(Unpacking unpacking) {
        this.unpacking = unpacking;
        this.archive = unpacking.archive().source();
    }

    void read(InputStream unpacked) throws IOException {
        HeaderGuard guard = new HeaderGuard(unpacked);
        MeteredStream content = unpacking.metered(guard);
        // One record a block: with larger blocks it would skip unseen what comes after the end mark.
        // Not closed: who opened the stream closes it.
        TarArchiveInputStream tar = new TarArchiveInputStream(content, RECORD, RECORD, StandardCharsets.UTF_8.name());
        long end = 0;
        for (@Nullable TarArchiveEntry entry = next(tar, guard); entry != null; entry = next(tar, guard)) {
            end = content.count() + padded(entry.getSize());
            take(tar, entry);
            // Skipped here and not by the library, so that what it reads by itself is headers only.
            tar.transferTo(OutputStream.nullOutputStream());
        }
        if (content.count() < end + RECORD) {
            throw new EOFException("its end mark is missing");
        }
        expectNothingMore(content);
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, HeaderGuard guard) throws IOException {
        guard.allow(LONGEST_HEADER);
        @Nullable TarArchiveEntry entry = tar.getNextEntry();
        guard.allow(Long.MAX_VALUE);
        return entry;
    }

    private void take(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        if (!entry.isCheckSumOK()) {
            throw new IOException("the checksum of an entry's header does not fit");
        }
        EntryName name = unpacking.enter(entry.getName(), !entry.isDirectory());
        if (entry.isDirectory()) {
            return;
        }
        if (entry.isSparse()) {
            throw Refusal.of(archive, name, "it is a sparse file, which is not supported; pack it without --sparse");
        }
        switch (entry.getLinkFlag()) {
            case TarArchiveEntry.LF_NORMAL, TarArchiveEntry.LF_OLDNORM, TarArchiveEntry.LF_CONTIG -> {
                if (unpacking.needs(name)) {
                    unpacking.take(name, tar, size -> verify(entry, size));
                }
            }
            default -> throw Refusal.of(archive, name, "it is a link or a device, and only files are taken");
        }
    }

    private static void verify(TarArchiveEntry entry, long size) throws IOException {
        if (size != entry.getSize()) {
            throw new EOFException("an entry of " + entry.getSize() + " bytes ends after " + size);
        }
    }

    private void expectNothingMore(InputStream rest) throws IOException {
        byte[] block = new byte[RECORD];
        for (int n = rest.read(block); n >= 0; n = rest.read(block)) {
            for (int i = 0; i < n; i++) {
                if (block[i] != 0) {
                    throw Refusal.of(archive, "it goes on after its end mark; send its parts one by one");
                }
            }
        }
    }

    private static long padded(long size) {
        return (size + RECORD - 1) / RECORD * RECORD;
    }

    /** Lets through what is allowed, and no more. */
    private final class HeaderGuard extends FilterInputStream {

        private long allowed;

        HeaderGuard(InputStream in) {
            super(in);
        }

        void allow(long bytes) {
            allowed = bytes;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            allowed -= Math.max(n, 0);
            if (allowed < 0) {
                throw Refusal.of(archive, "its headers are larger than those of any honest archive");
            }
            return n;
        }
    }
}
