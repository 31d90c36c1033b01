package dev.etljar.progress;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.text.HumanFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A phase's numbers in words. */
final class PhaseText {

    /** How much of it there is room for. */
    enum Detail {
        ALL,
        NO_BYTES,
        NO_BYTES_NO_RATE
    }

    private PhaseText() {}

    /** {@code 43 % (1.2 of 2.8 GB), 1,234,000 rows, 3 rejects, 85,000 rows/s, 12 s left}; empty before the first number. */
    static String running(PhaseTrack track, Instant now, Detail detail) {
        List<String> parts = new ArrayList<>();
        share(track, detail).ifPresent(parts::add);
        rows(track).ifPresent(parts::add);
        if (detail != Detail.NO_BYTES_NO_RATE) {
            rate(track, now).ifPresent(parts::add);
        }
        track.left(now).ifPresent(left -> parts.add(HumanFormat.duration(left) + " left"));
        return String.join(", ", parts);
    }

    /** {@code completed in 1 min 12 s: 2.8 GB, 1,234,000 rows, 3 rejects, 39,000 rows/s}. */
    static String ended(PhaseTrack track, Instant now) {
        List<String> parts = new ArrayList<>();
        track.progress().ifPresent(progress -> parts.add(HumanFormat.bytes(Math.max(0, progress.position()))));
        rows(track).ifPresent(parts::add);
        rate(track, now).ifPresent(parts::add);
        PhaseSummary summary = track.summary();
        return summary.status().name().toLowerCase(Locale.ROOT)
                + (summary.start() == null ? "" : preposition(track) + HumanFormat.duration(summary.duration(now)))
                + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }

    private static String preposition(PhaseTrack track) {
        return track.status() == PhaseStatus.COMPLETED ? " in " : " after ";
    }

    private static Optional<String> share(PhaseTrack track, Detail detail) {
        Optional<Progress> progress = track.progress();
        if (progress.isEmpty()) {
            return Optional.empty();
        }
        long position = Math.max(0, progress.get().position());
        if (track.percent().isEmpty()) {
            return Optional.of(HumanFormat.bytes(position));
        }
        String percent = (int) track.percent().getAsDouble() + " %";
        long total = progress.get().total();
        return Optional.of(detail == Detail.ALL ? percent + " (" + HumanFormat.bytes(position, total) + ")" : percent);
    }

    private static Optional<String> rows(PhaseTrack track) {
        return track.progress()
                .filter(progress -> track.phase() == Phase.PROCESS)
                .map(progress -> HumanFormat.count(progress.loaded(), "row") + ", "
                        + HumanFormat.count(progress.rejected(), "reject"));
    }

    private static Optional<String> rate(PhaseTrack track, Instant now) {
        return track.rate(now)
                .filter(rate -> track.phase() == Phase.PROCESS)
                .map(rate -> HumanFormat.rate(rate.records(), "rows"));
    }
}
