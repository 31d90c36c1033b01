package dev.etljar.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as lower-case hexadecimal digits. */
public final class Sha256 {

    private static final int BUFFER = 1 << 16;

    private Sha256() {}

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String of(String text) {
        MessageDigest digest = digest();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hex(digest);
    }

    /** Reads the whole file; stops with {@link StoppedException} between two blocks when asked to. */
    public static String of(Path file, StopSignal stop) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, stop);
        }
    }

    /** Reads to the end; stops with {@link StoppedException} between two blocks when asked to. */
    public static String of(InputStream in, StopSignal stop) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            stop.throwIfRequested();
            digest.update(buffer, 0, n);
        }
        return hex(digest);
    }
}
