package dev.etljar.operate;

import java.util.Set;

/**
 * A job execution as its row in the job repository has it.
 *
 * @param instance the job instance, which is one run of the job as the user means it
 * @param status Spring Batch's
 */
record ExecutionRow(long id, long instance, String job, String status) {

    private static final Set<String> UNFINISHED = Set.of("STARTING", "STARTED", "STOPPING");

    /** Whether it runs, or was left behind by a process that is gone. */
    boolean isUnfinished() {
        return UNFINISHED.contains(status);
    }

    boolean isStopping() {
        return status.equals("STOPPING");
    }

    boolean isComplete() {
        return status.equals("COMPLETED");
    }

    boolean isAbandoned() {
        return status.equals("ABANDONED");
    }

    @Override
    public String toString() {
        return "execution " + id + " of job '" + job + "'";
    }
}
