package dev.etljar.doctor;

import dev.etljar.text.HumanFormat;
import dev.etljar.text.Secrets;

/**
 * Something that would break or harm runs. Without secrets, and each part fit for one line.
 *
 * @param mayPass of an error: whether it may pass by itself, so that no person needs to correct it
 * @param what what was found
 * @param where the property, file or table that it is about
 * @param action what to do next
 */
public record Finding(Severity severity, boolean mayPass, String what, String where, String action) {

    private static final int LONGEST = 2_000;

    public Finding {
        what = line(what);
        where = line(where);
        action = line(action);
    }

    /** A person corrects it. */
    public static Finding error(String what, String where, String action) {
        return new Finding(Severity.ERROR, false, what, where, action);
    }

    /** An error that may pass by itself. */
    static Finding outage(String what, String where, String action) {
        return new Finding(Severity.ERROR, true, what, where, action);
    }

    static Finding warning(String what, String where, String action) {
        return new Finding(Severity.WARNING, false, what, where, action);
    }

    static Finding info(String what, String where, String action) {
        return new Finding(Severity.INFO, false, what, where, action);
    }

    private static String line(String text) {
        return HumanFormat.oneLine(Secrets.masked(text), LONGEST);
    }
}
