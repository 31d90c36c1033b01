package dev.etljar.csv;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of one record, without its line end. They are its own: it may be kept while its reader goes on.
 * The array is handed out as it is, since copying it again would cost more than parsing; nobody writes to it.
 */
public final class RawRecord {

    private final long line;
    private final long record;
    private final long offset;
    private final byte[] bytes;
    private final boolean plain;
    private final @Nullable String malformed;

    RawRecord(long line, long record, long offset, byte[] bytes, boolean plain, @Nullable String malformed) {
        this.line = line;
        this.record = record;
        this.offset = offset;
        this.bytes = bytes;
        this.plain = plain;
        this.malformed = malformed;
    }

    /**
     * The record that this text is, with the place of another one. A text that is more than one record, or ends within
     * quotes, is malformed: whatever stands in it, it does not reach into the next.
     */
    public static RawRecord of(byte[] text, RawRecord place, CsvDefinition csv) {
        Framing framing = Framing.of(csv, Integer.MAX_VALUE);
        framing.begin();
        int end = framing.scan(text, 0, text.length, true);
        String malformed = framing.malformed();
        if (end >= 0) {
            malformed = "a line ends at byte " + (end + 1) + " out of quotes, so that it is more than one record";
        } else if (framing.quoted()) {
            malformed = "quote opened at " + framing.openedAt(text, 0, csv.charset(), 1) + " is not closed";
        }
        return new RawRecord(place.line, place.record, place.offset, text, framing.plain(), malformed);
    }

    /** The physical line on which it begins; the first is 1. */
    public long line() {
        return line;
    }

    /** Its number among the records; the first after the header is 1. */
    public long record() {
        return record;
    }

    /** Where its first byte is in the file, from 0. */
    public long offset() {
        return offset;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Whether it is known to have neither a quote nor an escape character, so that each delimiter ends a field. */
    boolean plain() {
        return plain;
    }

    /** Why its quotes or its size make it no record, or null. */
    public @Nullable String malformed() {
        return malformed;
    }

    /** Whether it is an empty line. */
    public boolean blank() {
        return bytes.length == 0 && malformed == null;
    }

    @Override
    public String toString() {
        return "record " + record + " at line " + line + " (" + bytes.length + " bytes)";
    }
}
