package dev.etljar.csv;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a record ends. It looks at bytes: in the charsets that are allowed, a byte below 128 is that ASCII character and
 * nothing else. A record ends at LF, CRLF or a lone CR that is not within quotes, as for {@link java.io.BufferedReader}.
 *
 * <p>It is called again with more of the same record until it finds the end, and goes on where it stopped. All of its offsets are
 * relative to the record's first byte, so the bytes may move in between. Not thread-safe.
 */
abstract sealed class Framing permits DoubledFraming, EscapedFraming {

    /** The record does not end in these bytes. */
    static final int MORE = -1;

    /** The record has more lines than it may have. */
    static final int TOO_LONG = -2;

    /** Equals no byte. */
    static final int NO_CHARACTER = 256;

    private final int quote;
    private final int escape;
    private final SpecialBytes specials;
    private final int maxLines;
    private int scanned;
    private int lineBreaks;
    private int firstLineEnd;
    private int secondLineStart;
    private int lineStart;
    private int quoteLine;
    private int quoteLineStart;
    private int quoteAt;
    private boolean quoted;
    private boolean textAfterQuote;
    private boolean plain;

    /** @param escape {@link #NO_CHARACTER} where there is none, as for the quote */
    Framing(int quote, int escape, int maxLines) {
        this.quote = quote;
        this.escape = escape;
        this.specials = new SpecialBytes(quote, escape);
        this.maxLines = maxLines;
    }

    static Framing of(CsvDefinition csv, int maxLines) {
        Character quote = csv.quoteCharacter();
        Character escape = csv.escapeCharacter();
        byte delimiter = (byte) csv.delimiterCharacter();
        if (quote == null) {
            return new DoubledFraming(delimiter, NO_CHARACTER, maxLines);
        }
        return escape == null
                ? new DoubledFraming(delimiter, quote, maxLines)
                : new EscapedFraming(quote, escape, maxLines);
    }

    /** A new record begins. */
    void begin() {
        scanned = 0;
        lineBreaks = 0;
        firstLineEnd = -1;
        secondLineStart = -1;
        lineStart = 0;
        quoted = false;
        textAfterQuote = false;
        plain = true;
    }

    /**
     * Looks for the end of the record whose bytes known so far are those from {@code start} to {@code to}.
     *
     * @param last whether the file ends at {@code to}
     * @return the index of the first byte of the line end, {@link #MORE} or {@link #TOO_LONG}
     */
    final int scan(byte[] bytes, int start, int to, boolean last) {
        int i = start + scanned;
        for (; i < to; i++) {
            if (to - i >= SpecialBytes.WIDTH) {
                int before = specials.before(bytes, i);
                i += before;
                if (before == SpecialBytes.WIDTH) {
                    i--;
                    continue;
                }
            }
            byte c = bytes[i];
            if (c != '\n' && c != '\r' && c != quote && c != escape) {
                continue;
            }
            if (c != '\n' && c != '\r') {
                int used = take(bytes, start, i, to, last);
                if (used < 0) {
                    break;
                }
                i = used;
            } else if (c == '\r' && i + 1 == to && !last) {
                break; // an LF may follow, which belongs to it
            } else if (!quoted) {
                return i;
            } else {
                i = lineBreak(bytes, start, i, to);
                if (lineBreaks == maxLines) {
                    return TOO_LONG;
                }
            }
        }
        scanned = i - start;
        return MORE;
    }

    /** Counts a line end within quotes; returns the index of its last byte. */
    private int lineBreak(byte[] bytes, int start, int i, int to) {
        int end = i + lineEndLength(bytes, i, to) - 1;
        if (lineBreaks == 0) {
            firstLineEnd = i - start;
            secondLineStart = end + 1 - start;
        }
        lineBreaks++;
        lineStart = end + 1 - start;
        return end;
    }

    /** How many bytes the line end at {@code i} has: 1 or 2. */
    static int lineEndLength(byte[] bytes, int i, int to) {
        return bytes[i] == '\r' && i + 1 < to && bytes[i + 1] == '\n' ? 2 : 1;
    }

    /** Takes the quote or the escape character at {@code i}; returns the index of the last byte used, or {@link #MORE} where the next byte decides. */
    abstract int take(byte[] bytes, int start, int i, int to, boolean last);

    final void open(int at) {
        quoted = true;
        quoteAt = at;
        quoteLine = lineBreaks;
        quoteLineStart = lineStart;
    }

    /** A quote or an escape character was seen, whatever it means. */
    final void special() {
        plain = false;
    }

    /** Whether neither a quote nor an escape character was seen. */
    final boolean plain() {
        return plain;
    }

    final void close() {
        quoted = false;
    }

    final void textAfterQuote() {
        textAfterQuote = true;
    }

    /** Whether the bytes seen so far end within quotes. */
    final boolean quoted() {
        return quoted;
    }

    /** Line ends within quotes. */
    final int lineBreaks() {
        return lineBreaks;
    }

    /** Where the first physical line ends, or -1 while it is not over. */
    final int firstLineEnd() {
        return firstLineEnd;
    }

    /** Where the second physical line begins, or -1. */
    final int secondLineStart() {
        return secondLineStart;
    }

    /**
     * Where the last quote was opened, for a person.
     *
     * @param line the physical line on which the record begins
     */
    final String openedAt(byte[] bytes, int start, Charset charset, long line) {
        String before = new String(bytes, start + quoteLineStart, quoteAt - quoteLineStart, charset);
        String column = "column " + (before.length() + 1);
        return quoteLine == 0 ? column : column + " of line " + (line + quoteLine);
    }

    /** What is wrong with the quotes of the record that has just ended, or null. */
    final @Nullable String malformed() {
        return textAfterQuote ? "text after the closing quote" : null;
    }
}
