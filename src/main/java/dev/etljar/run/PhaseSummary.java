package dev.etljar.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a phase of a run stands.
 *
 * @param start of its last attempt; null while it is pending
 * @param end null until it ended
 */
public record PhaseSummary(
        Phase phase,
        PhaseStatus status,
        @Nullable Instant start,
        @Nullable Instant end) {

    public static PhaseSummary pending(Phase phase) {
        return new PhaseSummary(phase, PhaseStatus.PENDING, null, null);
    }

    /** Zero while it is pending, up to now while it runs. */
    public Duration duration(Instant now) {
        if (start == null) {
            return Duration.ZERO;
        }
        return Duration.between(start, end == null ? now : end);
    }
}
