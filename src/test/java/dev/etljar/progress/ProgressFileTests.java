package dev.etljar.progress;

import static dev.etljar.progress.Runs.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.RunStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProgressFileTests {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final ProgressFile file = new ProgressFile(clock);

    @Test
    void saysEverythingAPersonOrAScriptAsksFor() {
        file.runStarted(Runs.restarted(folder));
        file.phaseStarted(Phase.PROCESS);
        file.progressed(process(1_000_000, 4_000_000, 100, 1));
        clock.advance(Duration.ofSeconds(2));
        file.noted(Phase.PROCESS, "slow\u001b[2J");
        file.progressed(process(2_000_000, 4_000_000, 180, 21));
        clock.advance(Duration.ofSeconds(1));
        file.progressed(process(2_500_000, 4_000_000, 240, 31));
        assertThat(folder.resolve("progress.json")).content().isEqualToNormalizingNewlines("""
                        {
                          "job" : "import",
                          "executionId" : 43,
                          "instanceId" : 7,
                          "restarted" : true,
                          "state" : "PROCESS",
                          "message" : "slow\\\\u001b[2J",
                          "updated" : "2026-11-23T03:00:03Z",
                          "phases" : {
                            "DOWNLOAD" : {
                              "status" : "COMPLETED",
                              "start" : "2026-11-23T02:00:00Z",
                              "end" : "2026-11-23T02:00:05Z",
                              "position" : null,
                              "total" : null,
                              "percent" : 100.0
                            },
                            "EXTRACT" : {
                              "status" : "COMPLETED",
                              "start" : "2026-11-23T02:00:00Z",
                              "end" : "2026-11-23T02:00:05Z",
                              "position" : null,
                              "total" : null,
                              "percent" : 100.0
                            },
                            "PROCESS" : {
                              "status" : "RUNNING",
                              "start" : "2026-11-23T03:00:00Z",
                              "end" : null,
                              "position" : 2500000,
                              "total" : 4000000,
                              "percent" : 62.5
                            },
                            "VALIDATE" : {
                              "status" : "PENDING",
                              "start" : null,
                              "end" : null,
                              "position" : null,
                              "total" : null,
                              "percent" : null
                            },
                            "FINALIZE" : {
                              "status" : "PENDING",
                              "start" : null,
                              "end" : null,
                              "position" : null,
                              "total" : null,
                              "percent" : null
                            }
                          },
                          "process" : {
                            "position" : 2500000,
                            "total" : 4000000,
                            "percent" : 62.5,
                            "recordsPerSecond" : 57,
                            "eta" : "2026-11-23T03:00:06Z",
                            "remainingMilliseconds" : 3000,
                            "loaded" : 240,
                            "rejected" : 31
                          }
                        }
                        """);
    }

    @Test
    void isWrittenAtEachChangeOfState() {
        file.runStarted(Runs.first(folder));
        assertThat(json().path("state").asString()).isEqualTo("INIT");
        file.phaseStarted(Phase.DOWNLOAD);
        assertThat(json().path("state").asString()).isEqualTo("DOWNLOAD");
        file.phaseEnded(Phase.DOWNLOAD, PhaseStatus.COMPLETED);
        assertThat(status(Phase.DOWNLOAD)).isEqualTo("COMPLETED");
        file.phaseStarted(Phase.EXTRACT);
        assertThat(json().path("state").asString()).isEqualTo("EXTRACT");
    }

    @Test
    void isWrittenAtMostOnceASecondInTheChunkLoop() throws IOException {
        file.runStarted(Runs.first(folder));
        file.phaseStarted(Phase.PROCESS);
        int writes = 0;
        for (int chunk = 1; chunk <= 1000; chunk++) {
            Files.delete(folder.resolve("progress.json"));
            clock.advanceMillis(10);
            file.progressed(process(chunk, 1000, chunk, 0));
            writes += Files.exists(folder.resolve("progress.json")) ? 1 : 0;
            Files.writeString(folder.resolve("progress.json"), "");
        }
        assertThat(writes).isEqualTo(10);
    }

    @Test
    void aClockThatIsSetBackDoesNotSilenceIt() {
        file.runStarted(Runs.first(folder));
        file.phaseStarted(Phase.PROCESS);
        clock.advance(Duration.ofHours(-1));
        file.progressed(process(5, 10, 1, 0));
        assertThat(json().path("process").path("position").asLong()).isEqualTo(5);
    }

    @Test
    void isCompleteOnlyAfterTheRunsEnd() {
        RunStart start = Runs.first(folder);
        file.runStarted(start);
        file.phaseStarted(Phase.FINALIZE);
        file.phaseEnded(Phase.FINALIZE, PhaseStatus.COMPLETED);
        file.phaseStarted(Phase.COMPLETE);
        assertThat(json().path("state").asString()).isEqualTo("FINALIZE");
        file.runEnded(Runs.ended(start, "COMPLETED", null));
        assertThat(json().path("state").asString()).isEqualTo("COMPLETE");
    }

    @Test
    void aFailedRunKeepsThePhaseItFailedIn() {
        RunStart start = Runs.first(folder);
        file.runStarted(start);
        file.phaseStarted(Phase.VALIDATE);
        file.phaseEnded(Phase.VALIDATE, PhaseStatus.FAILED);
        file.runEnded(Runs.ended(start, "FAILED", "no connection"));
        assertThat(json().path("state").asString()).isEqualTo("VALIDATE");
        assertThat(status(Phase.VALIDATE)).isEqualTo("FAILED");
        assertThat(json().path("message").asString()).isEqualTo("no connection");
    }

    @Test
    void aFileThatCannotBeWrittenIsOneWarningAndNotTheRunsEnd() throws IOException {
        Path blocked = Files.createFile(folder.resolve("a file where the workspace should be"));
        try (CapturedLog log = new CapturedLog(ProgressFile.class)) {
            file.runStarted(Runs.first(blocked));
            for (Phase phase : Phase.values()) {
                file.phaseStarted(phase);
            }
            assertThat(log.lines()).singleElement().asString().startsWith("WARN Cannot write " + blocked);
            Files.delete(blocked);
            file.phaseEnded(Phase.PROCESS, PhaseStatus.COMPLETED);
            assertThat(blocked.resolve("progress.json")).exists();
        }
    }

    @Test
    void isCompleteJsonWheneverItIsRead() throws InterruptedException, ExecutionException {
        file.runStarted(Runs.first(folder));
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(1);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Set<Long>> positions = reader.submit(() -> {
                Set<Long> seen = new TreeSet<>();
                do {
                    seen.add(json().path("process").path("position").asLong(-1));
                    reading.countDown();
                } while (!done.get());
                return seen;
            });
            reading.await();
            for (int i = 1; i <= 1500; i++) {
                clock.advance(Duration.ofSeconds(1));
                file.noted(Phase.PROCESS, "a message that makes the file longer ".repeat(i % 25));
                clock.advance(Duration.ofSeconds(1));
                file.progressed(process(i, 1500, i, 0));
            }
            done.set(true);
            assertThat(positions.get()).hasSizeGreaterThan(1);
        } finally {
            done.set(true);
            reader.shutdown();
        }
        assertThat(json().path("process").path("position").asLong()).isEqualTo(1500);
    }

    private String status(Phase phase) {
        return json().path("phases").path(phase.name()).path("status").asString();
    }

    private JsonNode json() {
        return JSON.readTree(folder.resolve("progress.json"));
    }
}
