package dev.etljar.process;

/**
 * The state of OpenCSV's CSVParser, which knows two things: whether it is within quotes, and whether it is within a field, where
 * an escape takes the next special character and a quote takes a quote. What follows a line's end never counts for the line.
 */
final class EscapedFraming extends Framing {

    private final byte delimiter;
    private final int quote;
    private final int escape;
    private boolean inField;

    EscapedFraming(byte delimiter, int quote, int escape, int maxLines) {
        super(Byte.MAX_VALUE, maxLines);
        this.delimiter = delimiter;
        this.quote = quote;
        this.escape = escape;
    }

    @Override
    void begin() {
        super.begin();
        inField = false;
    }

    @Override
    int take(byte[] bytes, int start, int i, int to, boolean last) {
        byte c = bytes[i];
        boolean looksAhead = c == escape || (c == quote && (quoted() || inField));
        if (looksAhead && i + 1 == to && !last) {
            return MORE;
        }
        int next = looksAhead && i + 1 < to ? bytes[i + 1] : NO_CHARACTER;
        if (c == escape) {
            inField = true;
            return next == quote || next == escape || next == delimiter ? i + 1 : i;
        }
        if (c != quote) {
            inField = c != delimiter || quoted();
            return i;
        }
        inField = !inField;
        if (next == quote) {
            return i + 1;
        }
        if (quoted()) {
            close();
        } else {
            open(i - start);
        }
        return i;
    }
}
