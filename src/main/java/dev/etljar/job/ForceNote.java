package dev.etljar.job;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** That a run loads its input also where it is what was published last: it is the run's, and not one start's. */
public final class ForceNote {

    // Pinned: stored with executions that a later version continues.
    private static final String FORCED = "run.forced";

    private ForceNote() {}

    /** To be stored with the execution. */
    public static void putOn(JobExecution execution) {
        execution.getExecutionContext().putString(FORCED, "yes");
    }

    /** Who sets a run back to DOWNLOAD wants it loaded, too. */
    public static boolean isOn(ExecutionContext jobContext) {
        return jobContext.containsKey(FORCED) || SetBackNote.isOn(jobContext);
    }
}
