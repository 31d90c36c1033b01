package dev.etljar.doctor;

/** How bad it is. */
public enum Severity {
    /** Runs fail or are refused, or what is promised of them does not hold. */
    ERROR,
    /** Runs work, but slower, with a gap, or not for long. */
    WARNING,
    /** Nothing is wrong, but somebody may want to do something. */
    INFO
}
