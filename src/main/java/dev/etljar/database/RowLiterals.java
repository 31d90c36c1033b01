package dev.etljar.database;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as PostgreSQL's literal of an array of a table's row type: {@code {"(1,\"text\",)","(2,,)"}}. A text
 * in quotes has its quotes and backslashes doubled, and what that gives is escaped with backslashes for the array.
 *
 * @see <a href="https://www.postgresql.org/docs/current/rowtypes.html#ROWTYPES-IO-SYNTAX">Composite Types</a>
 * @see <a href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">Arrays</a>
 */
final class RowLiterals extends ValueText {

    /** The most bytes that a byte makes. */
    private static final int MOST_OF_A_BYTE = 4;
    /** Of quotes, beside a text's bytes, and of brackets beside a row's. */
    private static final int AROUND = 8;

    /** What ends a value or is an escape, by its code. */
    private static final boolean[] SPECIAL = new boolean[1 << 7];

    static {
        "(),\"\\".chars().forEach(c -> SPECIAL[c] = true);
    }

    private final int[] order;

    /** @param order for each column of the table, in their order, where its value is in a row */
    RowLiterals(List<Integer> order) {
        super(ChronoField.NANO_OF_SECOND);
        this.order = order.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    void append(@Nullable Object[] row) {
        reserve(AROUND);
        put(length == 0 ? '{' : ',');
        put('"');
        char before = '(';
        for (int place : order) {
            put(before);
            value(row[place]);
            before = ',';
        }
        reserve(AROUND);
        put(')');
        put('"');
    }

    /** Ends the literal of all rows, after which there is none to add. */
    String literal() {
        put('}');
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    void nothing() {
        // Null is nothing between two commas.
    }

    /** Most texts need no quotes, which the server would have to read. */
    @Override
    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length * MOST_OF_A_BYTE + AROUND);
        if (isPlain(encoded)) {
            System.arraycopy(encoded, 0, bytes, length, encoded.length);
            length += encoded.length;
        } else {
            quote();
            escaped(encoded);
            quote();
        }
    }

    private static boolean isPlain(byte[] encoded) {
        for (byte b : encoded) {
            if (b >= 0 && SPECIAL[b]) {
                return false;
            }
        }
        return encoded.length > 0;
    }

    private void escaped(byte[] encoded) {
        for (byte b : encoded) {
            switch (b) {
                case '"' -> {
                    quote();
                    quote();
                }
                case '\\' -> {
                    put('\\');
                    put('\\');
                    put('\\');
                    put('\\');
                }
                default -> bytes[length++] = b;
            }
        }
    }

    private void quote() {
        put('\\');
        put('"');
    }
}
