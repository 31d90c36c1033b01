package dev.etljar.run;

import java.nio.file.Path;

/**
 * A file whose content is known.
 *
 * @param name the file's name; inside an archive its path there, with {@code /}
 * @param path where it is on this machine
 * @param size in bytes
 * @param sha256 of its content, 64 lower-case hexadecimal digits
 * @param source where it came from, fit for a log: a path, a URL without user info and query, or {@code archive!entry}
 */
public record InputFile(String name, Path path, long size, String sha256, String source) {

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

    @Override
    public String toString() {
        return source + " (" + size + " bytes, sha256 " + sha256.substring(0, 12) + "…)";
    }
}
