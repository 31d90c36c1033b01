package dev.etljar.purge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to be purged.
 *
 * @param olderThan how long ago a run has ended at least, by the database's clock
 * @param keep how many of the newest runs of each job stay, however old they are
 * @param job the only job whose runs go; null for all
 * @param dryRun whether to say only what would be removed
 */
public record PurgeRequest(
        Duration olderThan, int keep, @Nullable String job, boolean dryRun) {

    private static final int MOST_KEPT = 1_000_000;

    /** @throws IllegalArgumentException where a number is out of its bounds */
    public PurgeRequest {
        if (olderThan.isNegative()) {
            throw new IllegalArgumentException("--older-than takes no negative time");
        }
        if (keep < 0 || keep > MOST_KEPT) {
            throw new IllegalArgumentException("--keep takes 0 to " + MOST_KEPT + ", not " + keep);
        }
    }
}
