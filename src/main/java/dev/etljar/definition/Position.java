package dev.etljar.definition;

import java.util.Comparator;

/** A place in a definition's file; lines and columns count from 1, columns in characters. */
record Position(int line, int column) implements Comparable<Position> {

    static final Position START = new Position(1, 1);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
