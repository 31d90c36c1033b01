package dev.etljar.download;

import dev.etljar.run.Pauses;
import dev.etljar.run.StopSignal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt, and the waiting itself. */
record Patience(Sleeper sleeper, RandomGenerator random, Clock clock) {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    /** The one for production: a request to stop ends the waiting. */
    static Patience untilStopped(StopSignal stop) {
        return new Patience(stop::pause, ThreadLocalRandom.current(), Clock.systemUTC());
    }

    /** The pause after the given attempt, counted from 1. */
    Duration pause(int attempt) {
        return new Pauses(FIRST, LONGEST, random).after(attempt);
    }

    /** Reads a {@code Retry-After} header (RFC 9110, 10.2.3): seconds or a date. Empty when it is neither. */
    Optional<Duration> retryAfter(String header) {
        String value = header.strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), date.toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
