package dev.etljar.doctor;

/**
 * A setting of a database that breaks or harms runs.
 *
 * @param query gives a row where it is set so, with the value that {@code %s} stands for in {@code what}
 */
record Hazard(Severity severity, String query, String what, String action) {

    Finding finding(String value, String where) {
        return new Finding(severity, false, what.replace("%s", value), where, action);
    }
}
