package dev.etljar.row;

import dev.etljar.csv.RawRecord;
import org.jspecify.annotations.Nullable;

/** What a record of the file became. */
public sealed interface Item {

    /**
     * A row to load. The array is its own.
     *
     * @param raw the record that it was made of
     * @param values in the order of the load's columns: String, Integer, Long, BigDecimal, Double, Boolean, LocalDate, LocalTime,
     *     LocalDateTime, UUID, or null; behind them the file's place among the load's files, and the record's line
     */
    @SuppressWarnings("ArrayRecordComponent") // one row of millions: it is neither compared nor copied
    record Row(RawRecord raw, @Nullable Object[] values) implements Item {}

    /**
     * A record that is not loaded.
     *
     * <p>NUL characters are shown as U+2400, since PostgreSQL cannot store them and a reject must never be lost.
     *
     * @param line the physical line on which the record begins; the first is 1
     * @param record its number among the records; the first after the header is 1
     * @param column the column that decided, or null where it is the whole record
     * @param value that column's text, its first 200 characters, or null
     * @param reason for a person
     * @param raw the record's text, whole, with U+FFFD for bytes that are not of the file's charset
     */
    record Reject(
            long line,
            long record,
            @Nullable String column,
            @Nullable String value,
            String reason,
            String raw) implements Item {

        private static final int MAX_VALUE = 200;

        public Reject {
            value = value == null ? null : storable(shortened(value));
            raw = storable(raw);
        }

        private static String shortened(String text) {
            if (text.length() <= MAX_VALUE) {
                return text;
            }
            int end = Character.isHighSurrogate(text.charAt(MAX_VALUE - 1)) ? MAX_VALUE - 1 : MAX_VALUE;
            return text.substring(0, end) + "…";
        }

        private static String storable(String text) {
            return text.replace('\0', '\u2400');
        }
    }

    /** An empty line, which is counted and nothing else. */
    record Blank() implements Item {}
}
