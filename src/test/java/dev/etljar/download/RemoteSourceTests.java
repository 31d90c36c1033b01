package dev.etljar.download;

import static dev.etljar.download.LoopbackServer.ok;
import static dev.etljar.download.LoopbackServer.shortBody;
import static dev.etljar.download.LoopbackServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.download.LoopbackServer.Answer;
import dev.etljar.download.LoopbackServer.Request;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.FileStamp;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Progress;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.StoppedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteSourceTests extends DownloadTestCase {

    private static final String BEGINNING = "the body ";

    @Test
    void aFileIsFetchedIntoAFolderOfItsOwn() throws IOException {
        try (LoopbackServer server = new LoopbackServer(ok("a,b\n"))) {
            DownloadDefinition source = source(server.url("/daily/a.csv?token=geheim"), sha256("a,b\n"));

            InputFiles files = step(source).run();

            Path path = home.resolve("work/download/1/a.csv");
            assertThat(files.files())
                    .containsExactly(new InputFile(
                            "a.csv", path, 4, sha256("a,b\n"), server.url("/daily/a.csv"), FileStamp.of(path)));
            assertThat(content(path)).isEqualTo("a,b\n");
            assertThat(workspaceFiles()).containsExactly("download/1/a.csv", "download/1/a.csv.fetched.json");
            assertThat(progress)
                    .last()
                    .extracting(Progress::position, Progress::total)
                    .containsExactly(4L, 4L);
            assertThat(Files.readString(home.resolve("work/download/1/a.csv.fetched.json")))
                    .doesNotContain("geheim");
            assertThat(server.requests).extracting(Request::path).containsExactly("/daily/a.csv?token=geheim");
        }
    }

    @Test
    void checkingAsksNoServer() {
        try (LoopbackServer server = new LoopbackServer(ok("a"))) {
            assertThat(step(source(server.url("/a.csv"))).check()).isEmpty();
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void anEmptyFileIsAFile() {
        try (LoopbackServer server = new LoopbackServer(ok(""))) {
            assertThat(step(source(server.url("/a.csv"))).run().size()).isZero();
        }
    }

    @Test
    void whatMayPassIsTriedAgainWithGrowingJitteredPauses() {
        try (LoopbackServer server = new LoopbackServer(status(500), status(503), ok("a"))) {
            assertThat(step(source(server.url("/a.csv?token=geheim"))).run().size())
                    .isEqualTo(1);

            assertThat(pauses).hasSize(2);
            assertThat(pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(999));
            assertThat(pauses.get(1)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1999));
            assertThat(notes)
                    .hasSize(2)
                    .allSatisfy(
                            note -> assertThat(note).doesNotContain("geheim").contains(server.url("/a.csv")))
                    .first()
                    .asString()
                    .contains("attempt 1 of 3", "HTTP status 500");
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "'Mon, 23 Nov 2026 10:02:00 GMT', 120", "'Mon, 23 Nov 2026 09:00:00 GMT', 0"})
    void theServersRetryAfterIsHonoured(String retryAfter, long seconds) {
        try (LoopbackServer server = new LoopbackServer(status(429, "Retry-After", retryAfter), ok("a"))) {
            step(source(server.url("/a.csv"))).run();

            assertThat(pauses).containsExactly(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void aServerThatWantsAVeryLongPauseIsLeftAlone() {
        try (LoopbackServer server = new LoopbackServer(status(429, "Retry-After", "3600"), ok("a"))) {
            assertThatThrownBy(() -> step(source(server.url("/a.csv"))).run())
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("3600 s");
            assertThat(pauses).isEmpty();
        }
    }

    @Test
    void afterTheLastAttemptTheRunFails() throws IOException {
        try (LoopbackServer server = new LoopbackServer(status(502))) {
            assertThatThrownBy(() -> step(source(server.url("/a.csv"))).run())
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("3 attempts")
                    .hasMessageContaining("HTTP status 502");
            assertThat(server.requests).hasSize(3);
            assertThat(workspaceFiles()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 204, 304})
    void whatWillNotPassIsNotTriedAgain(int status) {
        try (LoopbackServer server = new LoopbackServer(status(status), ok("a"))) {
            assertThatThrownBy(() -> step(source(server.url("me:geheim@", "/a.csv?token=geheim")))
                            .run())
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining(server.url("/a.csv") + ": HTTP status " + status)
                    .hasMessageContaining("trying again will not help")
                    .hasMessageNotContaining("geheim");
            assertThat(server.requests).hasSize(1);
            assertThat(pauses).isEmpty();
        }
    }

    @Test
    void aRefusedConnectionIsTriedAgain() {
        assertThatThrownBy(() -> step(source("http://127.0.0.1:1/a.csv")).run())
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("nothing answers there");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void aShortBodyIsTriedAgainAndLeavesNothingBehind() throws IOException {
        try (LoopbackServer server = new LoopbackServer(shortBody(BEGINNING, 100), ok("the whole body"))) {
            assertThat(content(step(source(server.url("/a.csv")))
                            .run()
                            .files()
                            .get(0)
                            .path()))
                    .isEqualTo("the whole body");
            assertThat(notes).hasSize(1);
        }
    }

    @Test
    void aBodyThatStallsIsTriedAgain() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        Answer stalled = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(BEGINNING.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(over);
        };
        try (LoopbackServer server = new LoopbackServer(stalled, ok("the whole body"))) {
            assertThat(content(step(impatient(server.url("/a.csv")))
                            .run()
                            .files()
                            .get(0)
                            .path()))
                    .isEqualTo("the whole body");
            assertThat(notes).singleElement().asString().contains("no bytes came for 2000 ms");
        } finally {
            over.countDown();
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer(exchange -> await(over))) {
            DownloadDefinition source = new DownloadDefinition(
                    server.url("/a.csv"), null, Duration.ofSeconds(2), Duration.ofMillis(100), 1);

            assertThatThrownBy(() -> step(source).run())
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("no answer came for 2100 ms");
        } finally {
            over.countDown();
        }
    }

    @Test
    void aStopEndsATransferThatStallsAndRemovesItsPart() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        Answer stalled = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(BEGINNING.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            stop.request();
            await(over);
        };
        try (LoopbackServer server = new LoopbackServer(stalled)) {
            assertThatThrownBy(() -> step(source(server.url("/a.csv"))).run()).isInstanceOf(StoppedException.class);
            assertThat(workspaceFiles()).isEmpty();
        } finally {
            over.countDown();
        }
    }

    @Test
    void aWrongChecksumRefusesTheDataOnceAndLeavesNothingBehind() throws IOException {
        try (LoopbackServer server = new LoopbackServer(ok("a"))) {
            assertThatThrownBy(() ->
                            step(source(server.url("/a.csv"), sha256("b"))).run())
                    .isInstanceOf(DataRefusedException.class)
                    .hasMessageContaining("expected sha256 " + sha256("b"))
                    .hasMessageContaining("actual " + sha256("a"));
            assertThat(server.requests).hasSize(1);
            assertThat(workspaceFiles()).isEmpty();
        }
    }

    @Test
    void aFullOrForbiddenFolderFailsTheRunWithItsName() throws IOException {
        Files.createDirectories(home.resolve("work/download"));
        Files.writeString(home.resolve("work/download/1"), "in the way");
        try (LoopbackServer server = new LoopbackServer(ok("a"))) {
            assertThatThrownBy(() -> step(source(server.url("/a.csv"))).run())
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining(home.resolve("work/download/1").toString())
                    .hasMessageContaining("bytes free");
            assertThat(server.requests).hasSize(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
