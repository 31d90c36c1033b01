package dev.etljar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTests {

    @TempDir
    Path folder;

    private final RunReport report = new RunReport(Clock.fixed(Summaries.NOW, ZoneOffset.UTC));

    @Test
    void writesBothFilesAtTheRunsEndAndNotBefore() {
        RunSummary summary = Summaries.in(folder.resolve("7"), Summaries.completed());
        report.phaseEnded(Phase.FINALIZE, PhaseStatus.COMPLETED);
        assertThat(folder).isEmptyDirectory();
        report.runEnded(summary);
        assertThat(folder.resolve("7/report.txt")).hasContent(ReportText.of(summary, Summaries.NOW));
        assertThat(folder.resolve("7/report.json")).hasContent(StatusText.json(summary, Summaries.NOW));
        assertThat(folder.resolve("7").toFile().list()).containsExactlyInAnyOrder("report.txt", "report.json");
    }

    @Test
    void theReportOfTheLastExecutionReplacesTheOneBefore() {
        report.runEnded(Summaries.in(folder, Summaries.failed()));
        report.runEnded(Summaries.in(folder, Summaries.completed()));
        assertThat(folder.resolve("report.txt"))
                .content()
                .startsWith("COMPLETED")
                .doesNotContain("FAILED");
    }

    @Test
    void aReportThatCannotBeWrittenDoesNotChangeTheOutcome() throws IOException {
        Path blocked = Files.createFile(folder.resolve("a file"));
        RunSummary summary = Summaries.in(blocked, Summaries.completed());
        assertThatCode(() -> report.runEnded(summary)).doesNotThrowAnyException();
        assertThatThrownBy(() -> report.write(summary))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining(blocked.toString())
                .hasMessageContaining("status 42");
    }
}
