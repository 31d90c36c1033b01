package dev.etljar.extract;

import dev.etljar.run.RunFailedException;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** What a file is, told by its first bytes and never by its name. */
enum ArchiveFormat {
    ZIP,
    GZIP,
    TAR,
    NONE;

    /** Two blocks of a tar: enough to tell an empty one, which is zeros. */
    static final int HEAD = 1024;

    private static final int BLOCK = 512;
    private static final byte[] USTAR = "ustar".getBytes(StandardCharsets.US_ASCII);

    static ArchiveFormat of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD));
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + file + ": " + PlainWords.reason(e), e);
        }
    }

    /** @param head the first {@link #HEAD} bytes, or all of a shorter file */
    static ArchiveFormat of(byte[] head) {
        if (startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 'P', 'K', 5, 6) || startsWith(head, 'P', 'K', 7, 8)) {
            return ZIP;
        }
        if (startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        return isTar(head) ? TAR : NONE;
    }

    private static boolean isTar(byte[] head) {
        if (head.length >= 262 && Arrays.equals(head, 257, 262, USTAR, 0, USTAR.length)) {
            return true;
        }
        if (Arrays.equals(head, new byte[HEAD])) {
            return true;
        }
        // Tars from before POSIX have no magic, but a checksum that no text has by accident.
        return head.length >= BLOCK && head[0] != 0 && hasTarChecksum(Arrays.copyOf(head, BLOCK));
    }

    private static boolean hasTarChecksum(byte[] block) {
        try {
            return TarUtils.verifyCheckSum(block);
        } catch (IllegalArgumentException e) {
            // There is no number at its place.
            return false;
        }
    }

    private static boolean startsWith(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
