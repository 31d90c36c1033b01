package dev.etljar.run;

/** How a phase stands. */
public enum PhaseStatus {
    PENDING,
    RUNNING,
    COMPLETED,
    STOPPED,
    REFUSED,
    FAILED
}
