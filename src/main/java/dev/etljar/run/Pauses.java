package dev.etljar.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pauses between attempts: each is twice as long as the one before, up to the longest. A random part of up to a half
 * is taken off, so that processes that failed together do not come back together.
 */
public record Pauses(Duration first, Duration longest, RandomGenerator random) {

    private static final int MAX_DOUBLINGS = 30;

    /** The pause after the given attempt, counted from 1. */
    public Duration after(int attempt) {
        long doubled = first.toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
        long pause = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(pause - (long) (random.nextDouble() * pause / 2));
    }
}
