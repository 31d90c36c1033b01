package dev.etljar.row;

/** Where in a record a column's value stands. */
public sealed interface SourceField {

    /** The field under this header, compared exactly. */
    record Named(String header) implements SourceField {
        @Override
        public String toString() {
            return "'" + header + "'";
        }
    }

    /** The field at this position; the first is 1. */
    record Numbered(int position) implements SourceField {
        public Numbered {
            if (position < 1) {
                throw new IllegalArgumentException("'from' counts fields from 1, not " + position);
            }
        }

        @Override
        public String toString() {
            return "field " + position;
        }
    }

    /** From a YAML scalar: a whole number is a position, everything else a header. */
    static SourceField of(Object scalar) {
        return scalar instanceof Integer position ? new Numbered(position) : new Named(scalar.toString());
    }
}
