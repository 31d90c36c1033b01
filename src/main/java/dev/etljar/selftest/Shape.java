package dev.etljar.selftest;

import java.util.Locale;

/** What a round is made of. */
public enum Shape {
    /** Runs. */
    RUN,
    /** Starts that end at a limit. */
    TIME_BOX,
    /** Runs that are asked to stop by another process. */
    STOP,
    /** A run that waits for a decision. */
    APPROVAL,
    /** A publication that is taken back and made again. */
    ROLLBACK,
    /** A run that is set back to one of its steps. */
    RERUN,
    /** Rejects that are corrected and replayed. */
    REPLAY;

    Scenario scenario() {
        return switch (this) {
            case RUN -> new PlainRun();
            case TIME_BOX -> new TimeBoxes();
            case STOP -> new StoppedRun();
            case APPROVAL -> new GatedRun();
            case ROLLBACK -> new TakenBackRun();
            case RERUN -> new SetBackRun();
            case REPLAY -> new ReplayedRun();
        };
    }

    /** As it stands on the command line and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
