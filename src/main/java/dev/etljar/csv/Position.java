package dev.etljar.csv;

/**
 * A place between two records of a file, from which a reader goes on.
 *
 * @param offset bytes before it
 * @param record records before it; the header is none
 * @param line physical lines before it, the header's among them
 */
public record Position(long offset, long record, long line) {

    /** Before everything, a byte order mark and the header included. */
    public static final Position START = new Position(0, 0, 0);

    public Position {
        if (offset < 0 || record < 0 || line < 0) {
            throw new IllegalArgumentException(
                    "a position is not negative: byte " + offset + ", record " + record + ", line " + line);
        }
    }
}
