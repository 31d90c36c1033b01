package dev.etljar.run;

/** The run failed for a reason outside the data (network, disk, database); progress is kept and the same command may go on. */
public final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunFailedException(String message) {
        super(message);
    }

    public RunFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
