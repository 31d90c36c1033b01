package dev.etljar.purge;

import org.jspecify.annotations.Nullable;

/**
 * What became of one job's old runs.
 *
 * @param removed what is gone, also where a problem came after that
 * @param running who runs the job now, so that it was passed over; null where nobody does
 * @param problem why something is left that should have gone; null where nothing is
 */
public record PurgedJob(
        String job,
        Removed removed,
        @Nullable String running,
        @Nullable String problem) {

    static PurgedJob done(String job, Removed removed) {
        return new PurgedJob(job, removed, null, null);
    }

    static PurgedJob running(String job, String owner) {
        return new PurgedJob(job, Removed.NOTHING, owner, null);
    }

    static PurgedJob left(String job, Removed removed, String problem) {
        return new PurgedJob(job, removed, null, problem);
    }
}
