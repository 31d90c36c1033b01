package dev.etljar.run;

/** Hears what a run does. Called from the run's threads: be quick, and do not throw. */
public interface RunListener {

    /** Hears nothing. */
    RunListener NONE = new RunListener() {};

    default void runStarted(RunStart start) {}

    default void phaseStarted(Phase phase) {}

    /** Called often, at least once a chunk; {@code progress} replaces what was said before for its phase. */
    default void progressed(Progress progress) {}

    /** Something worth a line in the log that is neither progress nor an end: a retry, a file that is kept. */
    default void noted(Phase phase, String message) {}

    default void phaseEnded(Phase phase, PhaseStatus status) {}

    default void runEnded(RunSummary summary) {}
}
