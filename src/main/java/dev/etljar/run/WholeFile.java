package dev.etljar.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A small text file that readers see as it was or as it is now, never a part of it. */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Writes the text as UTF-8 to {@code NAME.tmp} beside the file and renames it over the file; creates the folder.
     * One writer at a time. What cannot be encoded becomes {@code ?}.
     *
     * @throws IOException when it could not; the file is then as it was, and the temporary one is gone if that was possible
     */
    public static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            // Not Files.writeString: it throws at half a surrogate pair, which text from data may hold.
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
    }

    private static void deleteQuietly(Path temporary, IOException because) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
