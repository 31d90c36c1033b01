package dev.etljar.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much one start may do; null is without a limit.
 *
 * @param duration how long it may begin chunks and steps
 * @param items how many records PROCESS may read
 * @param chunks how many chunks PROCESS may commit
 */
public record RunLimits(
        @Nullable Duration duration,
        @Nullable Long items,
        @Nullable Long chunks) {

    /** Until it ends. */
    public static final RunLimits NONE = new RunLimits(null, null, null);

    /** @throws IllegalArgumentException where a limit leaves nothing to be done */
    public RunLimits {
        if (duration != null && (duration.isZero() || duration.isNegative())) {
            throw new IllegalArgumentException("--max-duration must be more than zero");
        }
        requirePositive("--max-items", items);
        requirePositive("--max-chunks", chunks);
    }

    private static void requirePositive(String option, @Nullable Long limit) {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException(option + " must be at least 1, not " + limit);
        }
    }
}
