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
