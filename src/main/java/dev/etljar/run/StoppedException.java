package dev.etljar.run;

/** The run was asked to stop, and this is the safe point at which it does. Progress is kept. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoppedException() {
        super("stopped on request");
    }
}
