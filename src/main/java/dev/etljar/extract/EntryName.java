package dev.etljar.extract;

import dev.etljar.run.DataRefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The path of an entry inside its archive, which cannot lead out of the folder that it is unpacked to.
 *
 * @param path relative, with {@code /}, without {@code .} and {@code ..}
 */
record EntryName(String path) {

    /** In bytes on the disk; Linux takes 255 and 4,095. */
    private static final int LONGEST_PART = 240;

    private static final int LONGEST_PATH = 1000;

    /** @throws DataRefusedException when the name is absolute, leads upwards, or is no name */
    static EntryName of(String archive, String raw) {
        if (raw.startsWith("/") || raw.contains("\\") || raw.matches("[A-Za-z]:.*")) {
            throw refused(archive, raw, "a name that leads out of the archive");
        }
        if (raw.length() > LONGEST_PATH) {
            throw refused(archive, raw, "a name that is too long for a file");
        }
        if (raw.chars().anyMatch(Character::isISOControl)) {
            throw refused(archive, raw, "control characters in its name");
        }
        List<String> parts = new ArrayList<>();
        for (String part : raw.split("/", -1)) {
            if (part.equals("..")) {
                throw refused(archive, raw, "a name that leads out of the archive");
            }
            if (onDisk(part).length() > LONGEST_PART) {
                throw refused(archive, raw, "a name that is too long for a file");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return new EntryName(String.join("/", parts));
    }

    /** Whether it is the archive's own folder, {@code ./}. */
    boolean isRoot() {
        return path.isEmpty();
    }

    /** Its file: letters beyond ASCII are written %XX, so that it is the same under every locale. */
    Path below(Path folder) {
        return folder.resolve(onDisk(path));
    }

    @Override
    public String toString() {
        return path;
    }

    private static String onDisk(String path) {
        StringBuilder name = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0 || b == '%') {
                name.append('%').append(String.format(Locale.ROOT, "%02X", b));
            } else {
                name.append((char) b);
            }
        }
        return name.toString();
    }

    private static DataRefusedException refused(String archive, String raw, String what) {
        return Refusal.of(archive, printable(raw), "it has " + what);
    }

    /** A hostile name must not write to somebody's terminal. */
    private static String printable(String raw) {
        String safe = raw.replaceAll("\\p{Cntrl}", "?");
        return safe.length() > 200 ? safe.substring(0, 200) + "…" : safe;
    }
}
