package dev.etljar.extract;

import dev.etljar.run.DataRefusedException;

/** The messages with which an archive is refused. */
final class Refusal {

    private Refusal() {}

    static DataRefusedException of(String archive, String reason) {
        return new DataRefusedException("the archive " + archive + " was refused: " + reason);
    }

    static DataRefusedException of(String archive, Object entry, String reason) {
        return new DataRefusedException(
                "the archive " + archive + " was refused because of its entry '" + entry + "': " + reason);
    }

    /** For what the library says of a content that it cannot read. */
    static DataRefusedException damaged(String archive, Exception cause) {
        DataRefusedException refusal =
                of(archive, "it is damaged or cut short (" + reason(cause) + "); have it sent again");
        refusal.initCause(cause);
        return refusal;
    }

    private static String reason(Exception cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\p{Cntrl}", "?");
    }
}
