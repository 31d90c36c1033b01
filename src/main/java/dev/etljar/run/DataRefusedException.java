package dev.etljar.run;

/** The data is not fit to be loaded and a person must look at it: trying again will not help. The message is for that person. */
public final class DataRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DataRefusedException(String message) {
        super(message);
    }
}
