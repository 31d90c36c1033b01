package dev.etljar.purge;

import dev.etljar.run.Replay;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job instance as the job repository has it.
 *
 * @param execution its newest execution
 * @param status that execution's, in Spring Batch's words
 * @param end when that execution ended, in this machine's zone, as Spring Batch writes it; null where it has not
 * @param whole whether it was not purged before: an execution always has a context
 * @param parameters the user's job parameters, by name
 */
record RunRow(
        long instance,
        long execution,
        String status,
        @Nullable LocalDateTime end,
        boolean whole,
        Map<String, String> parameters) {

    /** All other ones may be continued, and so are never purged. */
    private static final Set<String> OVER = Set.of("COMPLETED", "ABANDONED");

    RunRow {
        parameters = Map.copyOf(parameters);
    }

    /** Whether it is never continued, and has ended before that time. */
    boolean isOver(LocalDateTime before) {
        return OVER.contains(status) && end != null && end.isBefore(before);
    }

    /** The job instance whose rejects it replays, if it does. */
    Optional<Long> replayed() {
        return Replay.in(parameters).map(Replay::of);
    }
}
