package dev.etljar.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file whose content is known.
 *
 * @param name the file's name; inside an archive its path there, with {@code /}
 * @param path where it is on this machine
 * @param size in bytes
 * @param sha256 of its content, 64 lower-case hexadecimal digits
 * @param source where it came from, fit for a log: a path, a URL without user info and query, or {@code archive!entry}
 * @param stamp of the file when its content became known, or null where an earlier version stored it without
 */
public record InputFile(
        String name,
        Path path,
        long size,
        String sha256,
        String source,
        @Nullable FileStamp stamp) {

    public InputFile {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an input file has no name: " + path);
        }
        if (size < 0) {
            throw new IllegalArgumentException("size of " + name + " is negative: " + size);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256 of " + name + ": " + sha256);
        }
    }

    /** Whether the file is untouched, as far as that is known without reading it. */
    public boolean isUntouched() throws IOException {
        return stamp != null && Files.exists(path) && stamp.equals(FileStamp.of(path));
    }

    /** Whether the file still has its content; it is read only where it was touched. */
    public boolean isUnchanged(StopSignal stop) throws IOException {
        return isUntouched()
                || (Files.size(path) == size && Sha256.of(path, stop).equals(sha256));
    }

    /**
     * Reads the file only where it was touched.
     *
     * @throws DataRefusedException where it has not its content any more, expected against actual
     * @throws RunFailedException where it is gone
     */
    public void requireUnchanged(StopSignal stop) throws IOException {
        try {
            if (!isUntouched()) {
                requireContent(Files.size(path), Sha256.of(path, stop));
            }
        } catch (NoSuchFileException e) {
            throw new RunFailedException(source + " is gone: " + path + ". Put it back and run again", e);
        }
    }

    /** @throws DataRefusedException where this is not the file's content, expected against actual */
    public void requireContent(long actualSize, String actualSha256) {
        if (actualSize != size || !actualSha256.equals(sha256)) {
            throw new DataRefusedException(source + " has changed since the run began to use it: expected " + size
                    + " bytes, sha256 " + sha256 + ", actual " + actualSize + " bytes, sha256 " + actualSha256
                    + ". Nothing was published. Put the file back, or give the progress up with --start-over");
        }
    }

    @Override
    public String toString() {
        return source + " (" + size + " bytes, sha256 " + sha256.substring(0, 12) + "…)";
    }
}
