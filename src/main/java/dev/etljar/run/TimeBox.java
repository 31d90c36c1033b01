package dev.etljar.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures what one start has done against its limits. It is asked between chunks and between steps, and only there: what has begun is
 * finished, since a download without ranges or a rule on millions of rows that was cut short would begin anew each time.
 *
 * <ol>
 *   <li>A chunk reserves its records before it reads them, so that ranges side by side do not exceed the limit together; the
 *       last chunk is as small as what is left.
 *   <li>What it has committed of them is spent, the rest is free again.
 *   <li>The time is only up once a chunk or a step of this start is done: each start gets further, however short its
 *       time is.
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class TimeBox {

    private final RunLimits limits;
    private final Clock clock;
    private final Instant start;
    private long items;
    private long chunks;
    private long reservedItems;
    private long reservedChunks;
    private boolean progressed;
    private @Nullable String reached;

    /** The time begins to run. */
    public TimeBox(RunLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Never used up. */
    public static TimeBox unlimited() {
        return new TimeBox(RunLimits.NONE, Clock.systemUTC());
    }

    /** An attempt begins: what one before it had reserved and not committed is free again. */
    public synchronized void beginAttempt() {
        reservedItems = 0;
        reservedChunks = 0;
    }

    /** Reserves a chunk of at most so many records; gives how many it may have, 0 where no chunk may begin. */
    public synchronized int reserve(int records) {
        if (isTimeUp() || isReached("--max-chunks", limits.chunks(), chunks + reservedChunks)) {
            return 0;
        }
        if (isReached("--max-items", limits.items(), items + reservedItems)) {
            return 0;
        }
        int granted =
                limits.items() == null ? records : (int) Math.min(records, limits.items() - items - reservedItems);
        reservedItems += granted;
        reservedChunks++;
        return granted;
    }

    /** A chunk that had reserved so many records is committed with this many of them, or was none: then it counts for nothing. */
    public synchronized void spend(int reserved, long committed) {
        reservedItems = Math.max(0, reservedItems - reserved);
        reservedChunks = Math.max(0, reservedChunks - 1);
        items += committed;
        if (committed > 0) {
            chunks++;
            progressed = true;
        }
    }

    /** A step is done. */
    public synchronized void stepCompleted() {
        progressed = true;
    }

    /** Whether nothing more may begin since the time is up. */
    public synchronized boolean isTimeUp() {
        Duration limit = limits.duration();
        if (limit == null || !progressed || clock.instant().isBefore(start.plus(limit))) {
            return false;
        }
        reached = "--max-duration";
        return true;
    }

    private boolean isReached(String option, @Nullable Long limit, long done) {
        if (limit == null || done < limit) {
            return false;
        }
        reached = option;
        return true;
    }

    /** The option whose limit kept something from beginning; empty where none did. */
    public synchronized Optional<String> reached() {
        return Optional.ofNullable(reached);
    }

    /** The records that this start has committed. */
    public synchronized long items() {
        return items;
    }
}
