package dev.etljar.job;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done about a failure that may pass by itself: a lost connection, a deadlock, a lock that another one holds.
 *
 * @param attempts how often to try in a row without a new checkpoint in between, 1 to 100; 1 does not try again
 * @param pause after the first attempt; it doubles with each further one, less a random part of up to a half
 * @param maxPause the longest pause
 */
public record RetryDefinition(
        @DefaultValue("5") int attempts,
        @DefaultValue("1s") Duration pause,
        @DefaultValue("1m") Duration maxPause) {

    private static final int MAX_ATTEMPTS = 100;

    public RetryDefinition {
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("'pause' must be more than zero, not " + pause);
        }
        if (attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("'attempts' must be 1 to " + MAX_ATTEMPTS + ", not " + attempts);
        }
        if (maxPause.compareTo(pause) < 0) {
            throw new IllegalArgumentException("'max-pause' must be at least 'pause'");
        }
    }
}
