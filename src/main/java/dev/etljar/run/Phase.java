package dev.etljar.run;

/** The states of a run, in their order; the five in the middle are its steps and carry the step's name. */
public enum Phase {
    INIT,
    DOWNLOAD,
    EXTRACT,
    PROCESS,
    VALIDATE,
    FINALIZE,
    COMPLETE;

    /** Whether it is one of the five steps. */
    public boolean isStep() {
        return this != INIT && this != COMPLETE;
    }
}
