package dev.etljar.csv;

/**
 * OpenCSV's CSVParser: a quote anywhere opens or closes, unless an escape character stands before it.
 *
 * <p>CSVParser also tracks whether it is within a field, which decides whether two quotes are one. That need not be known here: as one
 * character or as an end and a beginning, two quotes leave it where it was. What follows a line's end never counts for the line.
 */
final class EscapedFraming extends Framing {

    private final int quote;
    private final int escape;

    EscapedFraming(int quote, int escape, int maxLines) {
        super(quote, escape, maxLines);
        this.quote = quote;
        this.escape = escape;
    }

    @Override
    int take(byte[] bytes, int start, int i, int to, boolean last) {
        byte c = bytes[i];
        special();
        boolean nextDecides = c == escape || quoted();
        if (nextDecides && i + 1 == to && !last) {
            return MORE;
        }
        int next = nextDecides && i + 1 < to ? bytes[i + 1] : NO_CHARACTER;
        if (next == quote || (next == escape && c == escape)) {
            return i + 1;
        }
        if (c == quote && quoted()) {
            close();
        } else if (c == quote) {
            open(i - start);
        }
        return i;
    }
}
