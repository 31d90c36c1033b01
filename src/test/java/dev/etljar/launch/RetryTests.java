package dev.etljar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.job.RetryDefinition;
import dev.etljar.progress.SettableClock;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunStart;
import dev.etljar.run.StopSignal;
import dev.etljar.run.TimeBox;
import dev.etljar.run.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How often a failure that may pass is tried again. */
class RetryTests {

    private static final int ATTEMPTS = 3;
    private static final RunOutcome FAILED = new RunOutcome.Failed(null, "lost", true);

    private final AtomicInteger attempts = new AtomicInteger();

    private RunOutcome run(Retry.Try attempt) {
        return run(attempt, TimeBox.unlimited());
    }

    private RunOutcome run(Retry.Try attempt, TimeBox timeBox) {
        RetryDefinition definition = new RetryDefinition(ATTEMPTS, Duration.ofMillis(1), Duration.ofMillis(1));
        return new Retry(definition, new StopSignal(), timeBox, new Random(1)).run(attempt, RunListener.NONE);
    }

    /** The attempt finds this checkpoint, tells of a chunk after it, and fails when that is to be committed. */
    private static void goOnAt(long checkpoint, RunListener listener) {
        listener.runStarted(new RunStart(
                "job",
                1,
                1,
                true,
                new Workspace(Path.of(".")),
                List.of(new PhaseSummary(Phase.DOWNLOAD, PhaseStatus.COMPLETED, null, null))));
        listener.progressed(new Progress(Phase.PROCESS, checkpoint, 1_000, 0, 0));
        listener.progressed(new Progress(Phase.PROCESS, checkpoint + 10, 1_000, 0, 0));
    }

    @Test
    void endsWhereNoAttemptCommitsAnything() {
        RunOutcome outcome = run((listener, stop) -> {
            attempts.incrementAndGet();
            goOnAt(100, listener);
            return FAILED;
        });

        assertThat(outcome).isEqualTo(FAILED);
        assertThat(attempts.get()).isBetween(ATTEMPTS, ATTEMPTS + 1);
    }

    @Test
    void goesOnWhereEachAttemptFindsMoreThanTheOneBefore() {
        RunOutcome outcome = run((listener, stop) -> {
            goOnAt(attempts.incrementAndGet() * 10L, listener);
            return attempts.get() < 20 ? FAILED : new RunOutcome.NothingNew("done");
        });

        assertThat(outcome).isInstanceOf(RunOutcome.NothingNew.class);
        assertThat(attempts).hasValue(20);
    }

    @Test
    void endsWhereTheTimeIsUp() {
        SettableClock clock = new SettableClock();
        TimeBox timeBox = new TimeBox(new RunLimits(Duration.ofMinutes(1), null, null), clock);
        RunOutcome outcome = run(
                (listener, stop) -> {
                    timeBox.stepCompleted();
                    if (attempts.incrementAndGet() == 2) {
                        clock.advance(Duration.ofMinutes(1));
                    }
                    return FAILED;
                },
                timeBox);

        assertThat(outcome).isEqualTo(FAILED);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void endsAtOnceWhereTheFailureDoesNotPass() {
        RunOutcome outcome = run((listener, stop) -> {
            attempts.incrementAndGet();
            return new RunOutcome.Failed(null, "broken", false);
        });

        assertThat(outcome.message()).isEqualTo("broken");
        assertThat(attempts).hasValue(1);
    }
}
