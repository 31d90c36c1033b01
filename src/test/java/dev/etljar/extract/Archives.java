package dev.etljar.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes archives, honest and other ones. Entries are given as name, content, name, content; a name that ends in / is a folder. */
final class Archives {

    private Archives() {}

    interface Writing<T> {
        void to(T out) throws IOException;
    }

    static byte[] zip(String... entries) {
        return zip(out -> {
            for (int i = 0; i < entries.length; i += 2) {
                out.putArchiveEntry(new ZipArchiveEntry(entries[i]));
                out.write(bytes(entries[i + 1]));
                out.closeArchiveEntry();
            }
        });
    }

    static byte[] zip(Writing<ZipArchiveOutputStream> writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** An entry that is stored and not packed, so that its bytes can be found in the archive. */
    static byte[] storedZip(String name, String content) {
        return zip(out -> {
            CRC32 crc = new CRC32();
            crc.update(bytes(content));
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes(content).length);
            entry.setCrc(crc.getValue());
            out.putArchiveEntry(entry);
            out.write(bytes(content));
            out.closeArchiveEntry();
        });
    }

    static byte[] tar(String... entries) {
        return tar(out -> {
            for (int i = 0; i < entries.length; i += 2) {
                add(out, new TarArchiveEntry(entries[i], true), entries[i + 1]);
            }
        });
    }

    static byte[] tar(Writing<TarArchiveOutputStream> writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void add(TarArchiveOutputStream out, TarArchiveEntry entry, String content) throws IOException {
        entry.setSize(bytes(content).length);
        out.putArchiveEntry(entry);
        out.write(bytes(content));
        out.closeArchiveEntry();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(String content) {
        return gzip(bytes(content));
    }

    static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(one);
        bytes.writeBytes(other);
        return bytes.toByteArray();
    }

    /** The bytes with every occurrence of the one text replaced by the other, of the same length. */
    static byte[] replace(byte[] bytes, String text, String by) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        return latin.replace(text, by).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Makes a changed header of a tar's first entry valid again. */
    static void sumTarHeader(byte[] tar) {
        Arrays.fill(tar, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xff;
        }
        System.arraycopy(bytes(String.format(Locale.ROOT, "%06o\0 ", sum)), 0, tar, 148, 8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
