package dev.etljar.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The speed over a sliding window of the last ten seconds, and over all that was seen. Keeps about twenty samples, however many come.
 * A position that goes back (another attempt from the checkpoint) or a clock that goes back begins anew.
 */
final class RateWindow {

    static final Duration LENGTH = Duration.ofSeconds(10);
    /** Before that a speed says more of the first chunk than of the load. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration SPACING = Duration.ofMillis(500);

    private final Deque<Sample> samples = new ArrayDeque<>();
    private @Nullable Sample first;
    private @Nullable Sample last;

    void add(Sample sample) {
        if (first == null || last == null || sample.isBefore(last)) {
            samples.clear();
            first = sample;
        }
        last = sample;
        Sample newest = samples.peekLast();
        if (newest == null || elapsed(newest, sample.at()).compareTo(SPACING) >= 0) {
            samples.add(sample);
        }
        dropOlderThanWindow(sample.at());
    }

    /** Empty until a second was measured. Falls to zero when nothing comes any more. */
    Optional<Rate> current(Instant now) {
        dropOlderThanWindow(now);
        Sample base = samples.peekFirst();
        if (base == null || last == null || elapsed(base, now).compareTo(SHORTEST) < 0) {
            return Optional.empty();
        }
        return Optional.of(Rate.between(base, last, elapsed(base, now)));
    }

    /** From the first sample up to the end; empty where no time passed. */
    Optional<Rate> average(Instant end) {
        if (first == null || last == null || elapsed(first, end).compareTo(Duration.ofMillis(1)) < 0) {
            return Optional.empty();
        }
        return Optional.of(Rate.between(first, last, elapsed(first, end)));
    }

    /** Leaves one sample at or before the window's start: chunks that take longer than the window have a speed too. */
    private void dropOlderThanWindow(Instant now) {
        Instant start = now.minus(LENGTH);
        if (last != null && !last.at().isAfter(start)) {
            samples.clear();
            samples.add(last);
        }
        for (Sample oldest = samples.pollFirst(); oldest != null; oldest = samples.pollFirst()) {
            Sample next = samples.peekFirst();
            if (next == null || next.at().isAfter(start)) {
                samples.addFirst(oldest);
                return;
            }
        }
    }

    private static Duration elapsed(Sample since, Instant now) {
        return Duration.between(since.at(), now);
    }

    /** How far it was at a moment. */
    record Sample(Instant at, long bytes, long records) {

        private boolean isBefore(Sample other) {
            return at.isBefore(other.at) || bytes < other.bytes || records < other.records;
        }
    }

    /** Bytes and records in a second. */
    record Rate(double bytes, double records) {

        private static Rate between(Sample from, Sample to, Duration elapsed) {
            double seconds = elapsed.toMillis() / 1000.0;
            return new Rate((to.bytes - from.bytes) / seconds, (to.records - from.records) / seconds);
        }
    }
}
