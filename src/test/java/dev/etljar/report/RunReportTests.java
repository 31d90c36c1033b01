package dev.etljar.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.RunSummary;
import dev.etljar.testing.SettableClock;
import dev.etljar.testing.Summaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunReportTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void textTellsOutcomeStepsLoadsRejectsRulesAndPublication() throws IOException {
        new RunReport(new SettableClock(Summaries.START)).runEnded(Summaries.completed(folder));
        String text = Files.readString(folder.resolve("report.txt"));
        assertThat(text)
                .startsWith("COMPLETED: import, execution 7")
                .contains("PROCESS   COMPLETED")
                .containsPattern("strikes +bird_strikes +1,003 +1,000 +2 +1")
                .containsPattern("2 +speed: not an integer")
                .contains("unique bird_strikes (id)")
                .contains("SPEED")
                .doesNotContain("\u001b")
                .containsPattern("bird_strikes +append +1,000");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void jsonTellsTheSame() throws IOException {
        new RunReport(new SettableClock(Summaries.START)).runEnded(Summaries.completed(folder));
        JsonNode json = JSON.readTree(Files.readString(folder.resolve("report.json")));
        assertThat(json.get("job").asString()).isEqualTo("import");
        assertThat(json.get("executionId").asLong()).isEqualTo(7);
        assertThat(json.get("status").asString()).isEqualTo("COMPLETED");
        assertThat(json.toString()).contains("\"rejected\":2", "\"speed: not an integer\"", "\"append\"");
    }

    @Test
    void failureIsToldInOneLineFirst() {
        RunSummary failed = Summaries.failed(folder);
        String status = StatusText.of(failed);
        assertThat(status).startsWith("FAILED in DOWNLOAD: import, execution 8");
        assertThat(status).contains("answers 503");
        assertThat(JSON.readTree(StatusText.json(failed)).get("message").asString())
                .contains("503\nfive times");
    }

    @Test
    void listIsATableNewestFirst() {
        List<RunSummary> runs = List.of(Summaries.failed(folder), Summaries.completed(folder));
        assertThat(ListText.of(runs).lines()).element(1).asString().contains("8", "FAILED");
        assertThat(ListText.of(runs).lines())
                .element(2)
                .asString()
                .contains("7", "COMPLETED", "1,000", "date=2026-11-23");
        assertThat(JSON.readTree(ListText.json(runs))).hasSize(2);
    }
}
