package dev.etljar.selftest;

/** Nothing that a scheduler does leads to the end that there is to be: a person was needed. */
final class StuckException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StuckException(String message) {
        super(message);
    }
}
