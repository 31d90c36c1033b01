package dev.etljar.run;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person's decision whether a step may begin, asked for and perhaps made.
 *
 * @param instance the job instance
 * @param before the step
 * @param lookedAt the newest execution of the steps before, which made what is looked at; 0 where there is none
 * @param expires until when it may be made, by the database's clock; null for ever
 * @param by who made it, or null
 * @param note what they said, or null
 * @param decidedAt when, by the database's clock, or null
 */
public record Approval(
        long instance,
        Phase before,
        long lookedAt,
        State state,
        @Nullable Instant expires,
        @Nullable String by,
        @Nullable String note,
        @Nullable Instant decidedAt) {

    /** How it stands. */
    public enum State {
        WAITING,
        EXPIRED,
        APPROVED,
        REJECTED
    }

    /** Whether a person has made it. */
    public boolean isDecided() {
        return state == State.APPROVED || state == State.REJECTED;
    }

    /** The decision in words, {@code approved by ada before FINALIZE: counts are right}; of one that is not made, until when it may be. */
    public String told() {
        return switch (state) {
            case APPROVED, REJECTED ->
                state.name().toLowerCase(Locale.ROOT) + " by " + by + " before " + before
                        + (note == null || note.isBlank() ? "" : ": " + note);
            case EXPIRED -> "approved by nobody before " + before + " until " + expires;
            case WAITING -> "waited for before " + before + (expires == null ? "" : " until " + expires);
        };
    }
}
