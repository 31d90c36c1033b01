package dev.etljar.progress;

import static dev.etljar.progress.Runs.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLogTests {

    private final SettableClock clock = new SettableClock();
    private final ProgressLog listener = new ProgressLog(clock);

    @Test
    void aRunIsAFewLines() {
        try (CapturedLog log = new CapturedLog(ProgressLog.class)) {
            listener.runStarted(Runs.first(Path.of("work")));
            listener.phaseStarted(Phase.EXTRACT);
            clock.advanceMillis(300);
            listener.progressed(Progress.bytes(Phase.EXTRACT, 2_800_000_000L, 2_800_000_000L));
            listener.phaseEnded(Phase.EXTRACT, PhaseStatus.COMPLETED);
            listener.phaseStarted(Phase.PROCESS);
            clock.advanceMillis(14_118);
            listener.progressed(process(1_204_000_000L, 2_800_000_000L, 1_234_000, 3));
            listener.noted(Phase.PROCESS, "connection lost,\nagain in 1 s");
            clock.advanceMillis(18_882);
            listener.progressed(process(2_800_000_000L, 2_800_000_000L, 2_870_000, 3));
            listener.phaseEnded(Phase.PROCESS, PhaseStatus.COMPLETED);
            assertThat(log.lines())
                    .containsExactly(
                            "INFO Job import, execution 42: starts",
                            "INFO EXTRACT started",
                            "INFO EXTRACT completed in 0.3 s: 2.8 GB",
                            "INFO PROCESS started",
                            "INFO PROCESS 43 % (1.2 of 2.8 GB), 1,234,000 rows, 3 rejects, 87,400 rows/s, 19 s left",
                            "INFO PROCESS: connection lost,\\nagain in 1 s",
                            "INFO PROCESS 99 % (2.8 of 2.8 GB), 2,870,000 rows, 3 rejects, 86,600 rows/s, 0 s left",
                            "INFO PROCESS completed in 33 s: 2.8 GB, 2,870,000 rows, 3 rejects, 87,000 rows/s");
        }
    }

    @Test
    void saysSomethingEveryTenSecondsAndNotMoreOften() {
        try (CapturedLog log = new CapturedLog(ProgressLog.class)) {
            listener.runStarted(Runs.restarted(Path.of("work")));
            listener.phaseStarted(Phase.PROCESS);
            for (int i = 1; i <= 3599; i++) {
                clock.advance(Duration.ofMillis(100));
                listener.progressed(process(i, 4000, i, 0));
            }
            assertThat(log.lines()).hasSize(2 + 35).contains("INFO Job import, execution 43: goes on");
        }
    }

    @Test
    void anUnknownTotalIsLeftOut() {
        try (CapturedLog log = new CapturedLog(ProgressLog.class)) {
            listener.runStarted(Runs.first(Path.of("work")));
            listener.phaseStarted(Phase.DOWNLOAD);
            clock.advance(Duration.ofSeconds(10));
            listener.progressed(Progress.bytes(Phase.DOWNLOAD, 5_000_000, -1));
            listener.phaseEnded(Phase.DOWNLOAD, PhaseStatus.FAILED);
            assertThat(log.lines())
                    .endsWith(
                            "INFO DOWNLOAD started", "INFO DOWNLOAD 5.0 MB", "INFO DOWNLOAD failed after 10 s: 5.0 MB");
        }
    }
}
