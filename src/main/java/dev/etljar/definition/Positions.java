package dev.etljar.definition;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the parts of a definition stand in its file, by paths such as {@code process.loads[0].table}. */
final class Positions {

    private final Map<String, Position> positions = new HashMap<>();

    void put(String path, Position position) {
        positions.put(path, position);
    }

    /** The position of what is there under the path; where nothing is (a default), the position of what is around it. */
    Position of(String path) {
        for (String part = path; !part.isEmpty(); part = parent(part)) {
            @Nullable Position position = positions.get(part);
            if (position != null) {
                return position;
            }
        }
        return Position.START;
    }

    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
