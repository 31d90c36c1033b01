package dev.etljar.job;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/** That a run loads its input also where it is what was published last: it is the run's, and not one start's. */
public final class ForceNote {

    // Pinned: stored with executions that a later version continues.
    private static final String FORCED = "run.forced";

    private ForceNote() {}

    /** To be stored with the execution when it is made: a kill after that leaves none without it. */
    public static void putOn(ExecutionContext jobContext) {
        jobContext.putString(FORCED, "yes");
    }

    /** Who sets a run back to DOWNLOAD wants it loaded, too. */
    public static boolean isOn(ExecutionContext jobContext) {
        return jobContext.containsKey(FORCED) || SetBackNote.isOn(jobContext);
    }
}
