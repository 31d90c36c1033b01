package dev.etljar.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.testing.SettableClock;
import dev.etljar.testing.Summaries;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressBarTests {

    private final SettableClock clock = new SettableClock(Summaries.START);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ProgressBar bar = new ProgressBar(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            StandardCharsets.UTF_8,
            Map.of("COLUMNS", "80", "TERM", "xterm"),
            clock);

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void redrawsOneLineWithinTheTerminalsWidth() {
        bar.runStarted(Summaries.start(Path.of("work")));
        bar.phaseStarted(Phase.PROCESS);
        for (int i = 1; i <= 10; i++) {
            clock.tick(Duration.ofSeconds(1));
            bar.progressed(new Progress(Phase.PROCESS, i * 1_000_000L, 20_000_000, i * 10_000L, 1));
        }
        bar.phaseEnded(Phase.PROCESS, PhaseStatus.COMPLETED);

        assertThat(shown()).contains("PROCESS", "50 %");
        assertThat(Arrays.stream(
                        shown().replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").split("[\r\n]+", -1)))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
        assertThat(shown()).endsWith("\n");
    }

    @Test
    void drawsAtMostTenTimesASecond() {
        bar.runStarted(Summaries.start(Path.of("work")));
        bar.phaseStarted(Phase.PROCESS);
        clock.tick(Duration.ofSeconds(1));
        bar.progressed(new Progress(Phase.PROCESS, 1, 1_000, 1, 0));
        int before = bytes.size();
        for (int i = 2; i < 100; i++) {
            bar.progressed(new Progress(Phase.PROCESS, i, 1_000, i, 0));
        }
        assertThat(bytes.size()).isEqualTo(before);
    }
}
