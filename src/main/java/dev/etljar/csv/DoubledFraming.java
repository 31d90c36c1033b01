package dev.etljar.csv;

/** RFC 4180: a quote opens a quoted field at the field's start only, and is doubled within it. */
final class DoubledFraming extends Framing {

    private final byte delimiter;
    private final int quote;

    DoubledFraming(byte delimiter, int quote, int maxLines) {
        super(quote, NO_CHARACTER, maxLines);
        this.delimiter = delimiter;
        this.quote = quote;
    }

    @Override
    int take(byte[] bytes, int start, int i, int to, boolean last) {
        special();
        if (!quoted()) {
            if (i == start || bytes[i - 1] == delimiter) {
                open(i - start);
            }
            return i;
        }
        if (i + 1 == to) {
            if (!last) {
                return MORE;
            }
            close();
            return i;
        }
        byte next = bytes[i + 1];
        if (next == quote) {
            return i + 1;
        }
        close();
        if (next != delimiter && next != '\n' && next != '\r') {
            textAfterQuote();
        }
        return i;
    }
}
