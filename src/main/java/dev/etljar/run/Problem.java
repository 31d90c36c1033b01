package dev.etljar.run;

/**
 * Something that keeps a run from being started.
 *
 * @param message what, where, and what to do
 * @param mayPass whether it may pass by itself (a late file, a full disk), so that the same command may help later
 */
public record Problem(String message, boolean mayPass) {

    /** A person must correct it. */
    public static Problem wrong(String message) {
        return new Problem(message, false);
    }

    /** It may pass by itself. */
    public static Problem mayPass(String message) {
        return new Problem(message, true);
    }
}
