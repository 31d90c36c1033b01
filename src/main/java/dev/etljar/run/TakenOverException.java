package dev.etljar.run;

/** Another process runs this job now: what this one was about to write was not written. */
public final class TakenOverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TakenOverException(String message) {
        super(message);
    }
}
