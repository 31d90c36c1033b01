package dev.etljar.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.testing.SettableClock;
import dev.etljar.testing.Summaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProgressFileTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Summaries.START);
    private final ProgressFile progress = new ProgressFile(clock);

    private JsonNode written() throws IOException {
        return JSON.readTree(Files.readString(folder.resolve("progress.json")));
    }

    @Test
    void tellsStatePositionPercentAndCounts() throws IOException {
        progress.runStarted(Summaries.start(folder));
        assertThat(written().get("state").asString()).isEqualTo("INIT");
        progress.phaseStarted(Phase.PROCESS);
        clock.tick(Duration.ofSeconds(2));
        progress.progressed(new Progress(Phase.PROCESS, 250, 1_000, 40, 3));

        JsonNode json = written();
        assertThat(json.get("job").asString()).isEqualTo("import");
        assertThat(json.get("executionId").asLong()).isEqualTo(7);
        assertThat(json.get("state").asString()).isEqualTo("PROCESS");
        assertThat(json.get("phases").get("PROCESS").get("status").asString()).isEqualTo("RUNNING");
        JsonNode process = json.get("process");
        assertThat(process.get("position").asLong()).isEqualTo(250);
        assertThat(process.get("total").asLong()).isEqualTo(1_000);
        assertThat(process.get("percent").asDouble()).isEqualTo(25.0);
        assertThat(process.get("loaded").asLong()).isEqualTo(40);
        assertThat(process.get("rejected").asLong()).isEqualTo(3);
    }

    @Test
    void isWrittenAtMostOnceASecondBetweenChangesOfState() throws IOException {
        progress.runStarted(Summaries.start(folder));
        progress.phaseStarted(Phase.PROCESS);
        clock.tick(Duration.ofSeconds(1));
        progress.progressed(new Progress(Phase.PROCESS, 100, 1_000, 10, 0));
        clock.tick(Duration.ofMillis(999));
        progress.progressed(new Progress(Phase.PROCESS, 200, 1_000, 20, 0));
        assertThat(written().get("process").get("position").asLong()).isEqualTo(100);
        clock.tick(Duration.ofMillis(1));
        progress.progressed(new Progress(Phase.PROCESS, 300, 1_000, 30, 0));
        assertThat(written().get("process").get("position").asLong()).isEqualTo(300);
        progress.progressed(new Progress(Phase.PROCESS, 1_000, 1_000, 99, 0));
        progress.phaseEnded(Phase.PROCESS, PhaseStatus.COMPLETED);
        assertThat(written().get("process").get("loaded").asLong()).isEqualTo(99);
    }

    @Test
    void isCompleteOnlyWhenTheRunIs() throws IOException {
        progress.runStarted(Summaries.start(folder));
        progress.phaseStarted(Phase.DOWNLOAD);
        progress.phaseEnded(Phase.DOWNLOAD, PhaseStatus.FAILED);
        progress.runEnded(Summaries.failed(folder));
        assertThat(written().get("state").asString()).isEqualTo("DOWNLOAD");
        assertThat(written().get("phases").get("DOWNLOAD").get("status").asString())
                .isEqualTo("FAILED");

        progress.runStarted(Summaries.start(folder));
        progress.runEnded(Summaries.completed(folder));
        assertThat(written().get("state").asString()).isEqualTo("COMPLETE");
    }

    @Test
    void isWholeWheneverItIsRead() throws Exception {
        progress.runStarted(Summaries.start(folder));
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                try {
                    written();
                } catch (Throwable e) {
                    failure.set(e);
                }
            }
        });
        reader.start();
        for (int i = 1; i <= 1_000; i++) {
            clock.tick(Duration.ofSeconds(1));
            progress.progressed(new Progress(Phase.PROCESS, i, 2_000, i, 0));
        }
        done.set(true);
        reader.join();
        assertThat(failure.get()).isNull();
    }

    @Test
    void folderThatIsGoneDoesNotFailTheRun() throws IOException {
        progress.runStarted(Summaries.start(folder));
        Files.delete(folder.resolve("progress.json"));
        Files.delete(folder);
        progress.phaseStarted(Phase.PROCESS);
        Files.createDirectories(folder);
        progress.phaseStarted(Phase.VALIDATE);
        assertThat(written().get("state").asString()).isEqualTo("VALIDATE");
    }
}
