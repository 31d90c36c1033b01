package dev.etljar.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Reads a zip by its directory, so that finished entries are not even read again. All names are checked before the first file is written. */
final class ZipReader {

    /** More than a directory's entry takes, with its name and its extra fields, on the average. */
    private static final long DIRECTORY_ENTRY = 1024;

    private static final long MARGIN = 1 << 20;

    private final Unpacking unpacking;
    private final String archive;

    ZipReader(Unpacking unpacking) {
        this.unpacking = unpacking;
        this.archive = unpacking.archive().source();
    }

    void read() throws IOException {
        ArchiveChannel channel = unpacking.channel();
        channel.allow(MARGIN);
        long expected = ZipEndRecord.entries(channel);
        unpacking.limits().expectEntries(expected);
        // The library keeps the whole directory in memory.
        channel.allow(MARGIN + expected * DIRECTORY_ENTRY);
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(channel)
                .setIgnoreLocalFileHeader(true)
                .get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            if (entries.size() != expected) {
                throw new ZipException("it has " + entries.size() + " entries where it says " + expected);
            }
            List<EntryName> names = enter(entries);
            for (int i = 0; i < entries.size(); i++) {
                if (!entries.get(i).isDirectory() && unpacking.needs(names.get(i))) {
                    take(zip, entries.get(i), names.get(i));
                }
            }
        }
    }

    private List<EntryName> enter(List<ZipArchiveEntry> entries) {
        List<EntryName> names = new ArrayList<>();
        for (ZipArchiveEntry entry : entries) {
            EntryName name = unpacking.enter(entry.getName(), !entry.isDirectory());
            int kind = entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG;
            if (kind != 0 && kind != UnixStat.FILE_FLAG && kind != UnixStat.DIR_FLAG) {
                throw Refusal.of(archive, name, "it is a link or a device, and only files are taken");
            }
            names.add(name);
        }
        return names;
    }

    private void take(ZipFile zip, ZipArchiveEntry entry, EntryName name) throws IOException {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw Refusal.of(archive, name, "it is encrypted; have it sent without a password");
        }
        if (!zip.canReadEntryData(entry)) {
            throw Refusal.of(
                    archive,
                    name,
                    "it is packed by method " + entry.getMethod() + ", which cannot be read; use deflate");
        }
        unpacking.channel().allow(MARGIN);
        CRC32 crc = new CRC32();
        try (CheckedInputStream content = new CheckedInputStream(unpacking.metered(zip.getInputStream(entry)), crc)) {
            unpacking.take(name, content, size -> verify(entry, name, size, crc.getValue()));
        }
    }

    private void verify(ZipArchiveEntry entry, EntryName name, long size, long crc) {
        if (size != entry.getSize()) {
            throw Refusal.of(archive, name, "it says " + entry.getSize() + " bytes and holds " + size);
        }
        if (crc != entry.getCrc()) {
            throw Refusal.of(archive, name, "its content is damaged (the checksum does not fit); have it sent again");
        }
    }
}
