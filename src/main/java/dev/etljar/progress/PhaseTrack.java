package dev.etljar.progress;

import dev.etljar.progress.RateWindow.Rate;
import dev.etljar.progress.RateWindow.Sample;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What was heard of one phase in this execution. */
final class PhaseTrack {

    /** What a phase may show before it ended: 100 means done. */
    private static final double ALMOST = 99.9;

    private static final Duration LONGEST_ESTIMATE = Duration.ofDays(1000);

    private final Phase phase;
    private final RateWindow window = new RateWindow();
    private PhaseStatus status;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private @Nullable Progress progress;

    PhaseTrack(PhaseSummary known) {
        phase = known.phase();
        status = known.status();
        start = known.start();
        end = known.end();
    }

    /** The first start of PROCESS counts from zero. A later one, in any execution, goes on somewhere, so its first progress is the base. */
    void started(Instant now) {
        if (phase == Phase.PROCESS && start == null) {
            window.add(new Sample(now, 0, 0));
        }
        status = PhaseStatus.RUNNING;
        start = now;
        end = null;
    }

    void progressed(Progress heard, Instant now) {
        progress = heard;
        window.add(new Sample(now, heard.position(), heard.loaded() + heard.rejected()));
    }

    void ended(PhaseStatus how, Instant now) {
        status = how;
        end = now;
    }

    Phase phase() {
        return phase;
    }

    PhaseStatus status() {
        return status;
    }

    boolean isRunning() {
        return status == PhaseStatus.RUNNING;
    }

    PhaseSummary summary() {
        return new PhaseSummary(phase, status, start, end);
    }

    Optional<Progress> progress() {
        return Optional.ofNullable(progress);
    }

    /** By bytes, 0 to 100, rounded down to a tenth; 100 only when the phase is complete; empty where the total is not known. */
    OptionalDouble percent() {
        if (status == PhaseStatus.COMPLETED) {
            return OptionalDouble.of(100);
        }
        if (progress == null || progress.total() <= 0) {
            return OptionalDouble.empty();
        }
        double tenths = Math.floor(1000.0 * Math.max(0, progress.position()) / progress.total());
        return OptionalDouble.of(Math.min(ALMOST, tenths / 10));
    }

    /** While it runs: of the last ten seconds. After its end: the average of this execution. */
    Optional<Rate> rate(Instant now) {
        return end == null ? window.current(now) : window.average(end);
    }

    /** What is left at the rate of now, by bytes; empty where nobody can say. */
    Optional<Duration> left(Instant now) {
        if (!isRunning() || progress == null || progress.total() <= 0) {
            return Optional.empty();
        }
        double bytesLeft = Math.max(0, progress.total() - progress.position());
        return rate(now)
                .filter(rate -> rate.bytes() > 0)
                .map(rate -> Math.ceil(bytesLeft / rate.bytes()))
                .filter(seconds -> seconds < LONGEST_ESTIMATE.toSeconds())
                .map(seconds -> Duration.ofSeconds(seconds.longValue()));
    }
}
