package dev.etljar.csv;

/** A record or a value cannot be used; the message is the reason of its reject. It has no stack trace: bad data is no fault of the program. */
public final class UnfitException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnfitException(String reason) {
        super(reason, null, false, false);
    }

    /** The reason; never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
