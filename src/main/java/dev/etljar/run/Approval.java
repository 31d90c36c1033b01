package dev.etljar.run;

import java.time.Instant;
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
 */
public record Approval(
        long instance,
        Phase before,
        long lookedAt,
        State state,
        @Nullable Instant expires,
        @Nullable String by,
        @Nullable String note) {

    /** How it stands. */
    public enum State {
        WAITING,
        EXPIRED,
        APPROVED,
        REJECTED
    }
}
