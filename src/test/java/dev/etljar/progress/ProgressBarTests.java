package dev.etljar.progress;

import static dev.etljar.progress.Runs.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunStart;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTests {

    private static final RunStart START = Runs.first(Path.of("work"));

    private final SettableClock clock = new SettableClock();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void aRunLeavesOneLineForEachPhase() {
        ProgressBar bar = bar(StandardCharsets.UTF_8, "120");
        bar.runStarted(START);
        bar.phaseStarted(Phase.DOWNLOAD);
        bar.progressed(Progress.bytes(Phase.DOWNLOAD, 10, 20));
        clock.advanceMillis(300);
        bar.phaseEnded(Phase.DOWNLOAD, PhaseStatus.COMPLETED);
        bar.phaseStarted(Phase.PROCESS);
        clock.advanceMillis(2000);
        bar.progressed(process(500_000, 1_000_000, 170_000, 3));
        bar.noted(Phase.PROCESS, "a bad\u001b[1A record");
        clock.advanceMillis(2000);
        bar.progressed(process(1_000_000, 1_000_000, 340_000, 3));
        bar.phaseEnded(Phase.PROCESS, PhaseStatus.COMPLETED);
        bar.runEnded(Runs.ended(START, "COMPLETED", null));
        assertThat(screen(StandardCharsets.UTF_8))
                .containsExactly(
                        "DOWNLOAD completed in 0.3 s: 10 B",
                        "PROCESS  a bad\\u001b[1A record",
                        "PROCESS  completed in 4 s: 1.0 MB, 340,000 rows, 3 rejects, 85,000 rows/s",
                        "");
    }

    @Test
    void theLineIsDrawnOverTheOneBefore() {
        ProgressBar bar = bar(StandardCharsets.UTF_8, "120");
        bar.runStarted(START);
        bar.phaseStarted(Phase.PROCESS);
        clock.advanceMillis(2000);
        bar.progressed(process(500_000, 1_000_000, 170_000, 3));
        assertThat(screen(StandardCharsets.UTF_8))
                .containsExactly("PROCESS  [███████████████░░░░░░░░░░░░░░░] 50 % (500.0 kB of 1.0 MB), 170,000 rows,"
                        + " 3 rejects, 85,000 rows/s, 2 s left");
    }

    @Test
    void asciiWhereTheCharsetHasNoBlocks() {
        ProgressBar bar = bar(StandardCharsets.ISO_8859_1, "");
        bar.runStarted(START);
        bar.phaseStarted(Phase.PROCESS);
        clock.advanceMillis(2000);
        bar.progressed(process(500_000, 1_000_000, 170_000, 3));
        assertThat(screen(StandardCharsets.ISO_8859_1))
                .containsExactly("PROCESS  [######-------] 50 %, 170,000 rows, 3 rejects, 85,000 rows/s, 2 s left");
    }

    @Test
    void needsNothingOfTheTerminalButTheCarriageReturn() {
        ProgressBar bar = bar(StandardCharsets.US_ASCII, "");
        bar.runStarted(START);
        bar.phaseStarted(Phase.PROCESS);
        bar.noted(Phase.PROCESS, "\u001b]0;title\u0007");
        for (int i = 0; i < 100; i++) {
            clock.advanceMillis(1000);
            bar.progressed(process(i, 100, i, 0));
        }
        bar.phaseEnded(Phase.PROCESS, PhaseStatus.STOPPED);
        String control = written.toString(StandardCharsets.US_ASCII).replaceAll("[^\\p{Cntrl}]", "");
        assertThat(control.replace(System.lineSeparator(), "").replace("\r", ""))
                .isEmpty();
    }

    @Test
    void drawsAtMostTenTimesASecond() {
        ProgressBar bar = bar(StandardCharsets.UTF_8, "");
        bar.runStarted(START);
        bar.phaseStarted(Phase.PROCESS);
        written.reset();
        for (int i = 1; i <= 1000; i++) {
            clock.advanceMillis(1);
            bar.progressed(process(i, 2000, i, 0));
        }
        assertThat(written.toString(StandardCharsets.UTF_8).chars().filter(c -> c == '\r'))
                .hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "40", "60", "79", "80", "100", "200", "1", "wide", "-5", "99999999999", ""})
    void neverFillsTheTerminalsLastColumn(String columns) {
        ProgressBar bar = bar(StandardCharsets.UTF_8, columns);
        int width = columns.matches("[0-9]{2,3}") ? Integer.parseInt(columns) : 80;
        bar.runStarted(START);
        bar.phaseStarted(Phase.PROCESS);
        for (int i = 1; i <= 50; i++) {
            clock.advance(Duration.ofSeconds(9));
            bar.progressed(process(i * 1_234_567_890L, 99_999_999_999L, i * 98_765_432L, i * 1_000_000L));
            assertThat(screen(StandardCharsets.UTF_8).get(0).length()).isBetween(1, width - 1);
        }
    }

    @Test
    void aRunThatEndsInTheMiddleLeavesTheCursorOnALineOfItsOwn() {
        ProgressBar bar = bar(StandardCharsets.UTF_8, "");
        bar.runStarted(START);
        bar.phaseStarted(Phase.PROCESS);
        bar.runEnded(Runs.ended(START, "FAILED", "disk full"));
        assertThat(screen(StandardCharsets.UTF_8)).containsExactly("PROCESS", "");
    }

    private ProgressBar bar(Charset charset, String columns) {
        return new ProgressBar(new PrintStream(written, true, charset), charset, Map.of("COLUMNS", columns), clock);
    }

    /** What stands on a terminal that knows the carriage return and the newline and nothing else. */
    private List<String> screen(Charset charset) {
        List<String> lines = new ArrayList<>();
        for (String line : written.toString(charset).split(System.lineSeparator(), -1)) {
            StringBuilder shown = new StringBuilder();
            for (String part : line.split("\r", -1)) {
                shown.replace(0, Math.min(part.length(), shown.length()), part);
            }
            lines.add(shown.toString().stripTrailing());
        }
        return lines;
    }
}
