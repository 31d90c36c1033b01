package dev.etljar.progress;

import static dev.etljar.progress.Runs.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.progress.RateWindow.Rate;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressStateTests {

    private static final Path FOLDER = Path.of("work");

    private final SettableClock clock = new SettableClock();
    private final ProgressState state = new ProgressState(clock);

    @Test
    void theFirstChunkOfANewRunCountsForTheRate() {
        state.started(Runs.first(FOLDER));
        state.phaseStarted(Phase.PROCESS);
        clock.advance(Duration.ofSeconds(2));
        state.progressed(process(2_000, 10_000, 90, 10));
        assertThat(state.track(Phase.PROCESS).rate(clock.instant())).contains(new Rate(1000, 50));
        assertThat(state.track(Phase.PROCESS).left(clock.instant())).contains(Duration.ofSeconds(8));
    }

    @Test
    void whatAnEarlierExecutionLoadedIsNotThisOnesSpeed() {
        state.started(Runs.restarted(FOLDER));
        state.phaseStarted(Phase.PROCESS);
        clock.advance(Duration.ofSeconds(1));
        state.progressed(process(8_000_000, 10_000_000, 800_000, 0));
        assertThat(state.track(Phase.PROCESS).rate(clock.instant())).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        state.progressed(process(8_200_000, 10_000_000, 820_000, 0));
        assertThat(state.track(Phase.PROCESS).rate(clock.instant())).contains(new Rate(100_000, 10_000));
        assertThat(state.track(Phase.PROCESS).left(clock.instant())).contains(Duration.ofSeconds(18));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000, 0.0",
        "1, 3, 33.3",
        "999, 1000, 99.9",
        "1000, 1000, 99.9",
        "2000, 1000, 99.9",
        "-5, 1000, 0.0",
        "9223372036854775806, 9223372036854775807, 99.9",
    })
    void percentStaysBelowOneHundredUntilThePhaseEnds(long position, long total, double percent) {
        state.started(Runs.first(FOLDER));
        state.phaseStarted(Phase.PROCESS);
        state.progressed(process(position, total, 0, 0));
        assertThat(state.track(Phase.PROCESS).percent()).hasValue(percent);
        state.phaseEnded(Phase.PROCESS, PhaseStatus.FAILED);
        assertThat(state.track(Phase.PROCESS).percent()).hasValue(percent);
        state.phaseEnded(Phase.PROCESS, PhaseStatus.COMPLETED);
        assertThat(state.track(Phase.PROCESS).percent()).hasValue(100);
    }

    @Test
    void anUnknownTotalHasNeitherPercentNorAnEnd() {
        state.started(Runs.first(FOLDER));
        state.phaseStarted(Phase.DOWNLOAD);
        state.progressed(Progress.bytes(Phase.DOWNLOAD, 1000, -1));
        clock.advance(Duration.ofSeconds(5));
        state.progressed(Progress.bytes(Phase.DOWNLOAD, 2000, -1));
        assertThat(state.track(Phase.DOWNLOAD).percent()).isEmpty();
        assertThat(state.track(Phase.DOWNLOAD).left(clock.instant())).isEmpty();
    }

    @Test
    void aStandstillHasNoEnd() {
        state.started(Runs.first(FOLDER));
        state.phaseStarted(Phase.PROCESS);
        clock.advance(Duration.ofSeconds(1));
        state.progressed(process(10, 1000, 1, 0));
        clock.advance(Duration.ofHours(1));
        assertThat(state.track(Phase.PROCESS).rate(clock.instant())).contains(new Rate(0, 0));
        assertThat(state.track(Phase.PROCESS).left(clock.instant())).isEmpty();
    }

    @Test
    void theRateAfterTheEndIsTheAverage() {
        state.started(Runs.first(FOLDER));
        state.phaseStarted(Phase.PROCESS);
        clock.advance(Duration.ofMillis(500));
        state.progressed(process(1000, 1000, 100, 0));
        state.phaseEnded(Phase.PROCESS, PhaseStatus.COMPLETED);
        clock.advance(Duration.ofHours(1));
        assertThat(state.track(Phase.PROCESS).rate(clock.instant())).contains(new Rate(2000, 200));
    }

    @Test
    void anotherRunForgetsTheOneBefore() {
        state.started(Runs.first(FOLDER));
        state.phaseStarted(Phase.PROCESS);
        state.progressed(process(1000, 1000, 100, 0));
        state.noted("of the run before");
        state.started(Runs.first(FOLDER));
        assertThat(state.state()).isEqualTo(Phase.INIT);
        assertThat(state.message()).isNull();
        assertThat(state.track(Phase.PROCESS).progress()).isEmpty();
    }

    @Test
    void aMessageBelongsToItsPhase() {
        state.started(Runs.first(FOLDER));
        state.phaseStarted(Phase.PROCESS);
        state.noted("connection lost");
        state.phaseEnded(Phase.PROCESS, PhaseStatus.FAILED);
        state.phaseStarted(Phase.PROCESS);
        assertThat(state.message()).isEqualTo("connection lost");
        state.phaseStarted(Phase.VALIDATE);
        assertThat(state.message()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"FAILED, FAILED", "STOPPED, STOPPED", "UNKNOWN, FAILED"})
    void aPhaseWhoseEndNobodyReportedEndsWithTheRun(String status, PhaseStatus expected) {
        state.started(Runs.first(FOLDER));
        state.phaseStarted(Phase.EXTRACT);
        state.ended(Runs.ended(Runs.first(FOLDER), status, "disk full"));
        assertThat(state.state()).isEqualTo(Phase.EXTRACT);
        assertThat(state.track(Phase.EXTRACT).status()).isEqualTo(expected);
        assertThat(state.message()).isEqualTo("disk full");
    }
}
