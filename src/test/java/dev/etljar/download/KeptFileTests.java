package dev.etljar.download;

import static dev.etljar.download.LoopbackServer.ok;
import static dev.etljar.download.LoopbackServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.download.LoopbackServer.Request;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KeptFileTests extends DownloadTestCase {

    private Path fetched() {
        return home.resolve("work/download/1/a.csv");
    }

    @Test
    void aVerifiedFileIsNotFetchedAgain() {
        try (LoopbackServer server = new LoopbackServer(ok("a"))) {
            InputFiles first = step(source(server.url("/a.csv"))).run();
            InputFiles second = step(source(server.url("/a.csv"))).run();

            assertThat(second).isEqualTo(first);
            assertThat(server.requests).hasSize(1);
            assertThat(notes).containsExactly(server.url("/a.csv") + " was fetched before and is kept");
        }
    }

    @Test
    void whatIsMissingIsFetchedAndTheRestIsKept() {
        try (LoopbackServer server = new LoopbackServer(ok("a"), status(404), ok("b"))) {
            DownloadDefinition one = source(server.url("/1.csv"));
            DownloadDefinition two = source(server.url("/2.csv"));
            assertThatThrownBy(() -> step(one, two).run()).isInstanceOf(RunFailedException.class);

            assertThat(step(one, two).run().files())
                    .extracting(InputFile::sha256)
                    .containsExactly(sha256("a"), sha256("b"));
            assertThat(server.requests).extracting(Request::path).containsExactly("/1.csv", "/2.csv", "/2.csv");
        }
    }

    @Test
    void aFileThatWasDamagedSinceIsFetchedAgain() throws IOException {
        try (LoopbackServer server = new LoopbackServer(ok("abc"))) {
            step(source(server.url("/a.csv"))).run();
            Files.writeString(fetched(), "abX");

            step(source(server.url("/a.csv"))).run();

            assertThat(fetched()).hasContent("abc");
            assertThat(server.requests).hasSize(2);
        }
    }

    @Test
    void aFileWhoseRecordIsMissingOrTornIsFetchedAgain() throws IOException {
        Path record = home.resolve("work/download/1/a.csv.fetched.json");
        try (LoopbackServer server = new LoopbackServer(ok("abc"))) {
            step(source(server.url("/a.csv"))).run();
            Files.delete(record);
            step(source(server.url("/a.csv"))).run();
            Files.writeString(record, "{\"size\":3,");
            step(source(server.url("/a.csv"))).run();

            assertThat(server.requests).hasSize(3);
        }
    }

    @Test
    void whatAKillLeftIsOverwritten() throws IOException {
        Files.createDirectories(fetched().getParent());
        Files.writeString(home.resolve("work/download/1/a.csv.part"), "much longer than the file");
        try (LoopbackServer server = new LoopbackServer(ok("abc"))) {
            step(source(server.url("/a.csv"))).run();

            assertThat(fetched()).hasContent("abc");
            assertThat(workspaceFiles()).hasSize(2);
        }
    }

    @Test
    void anotherUrlOrAnotherExpectedChecksumIsFetched() {
        try (LoopbackServer server = new LoopbackServer(ok("a"), ok("b"), ok("c"))) {
            step(source(server.url("/a.csv?day=1"))).run();
            assertThat(step(source(server.url("/a.csv?day=2")))
                            .run()
                            .files()
                            .get(0)
                            .sha256())
                    .isEqualTo(sha256("b"));
            assertThat(step(source(server.url("/a.csv?day=2"), sha256("c")))
                            .run()
                            .files()
                            .get(0)
                            .sha256())
                    .isEqualTo(sha256("c"));
        }
    }

    @Test
    void theServersEtagTellsWhetherTheFileIsUnchanged() {
        try (LoopbackServer server = new LoopbackServer(ok("a", "ETag", "\"1\"", "Last-Modified", "yesterday"))) {
            DownloadStep step = step(source(server.url("/a.csv")));
            InputFiles before = step.run();

            server.answer(status(304));
            assertThat(step.changed(before, true)).isEmpty();
            server.answer(ok("b", "ETag", "\"2\""));
            assertThat(step.changed(before, true)).isPresent();

            assertThat(server.requests).extracting(Request::ifNoneMatch).containsExactly(null, "\"1\"", "\"1\"");
            assertThat(server.requests).extracting(Request::ifModifiedSince).containsOnlyNulls();
        }
    }

    @Test
    void aWeakEtagIsNotEnoughAndTheDateIsUsed() {
        try (LoopbackServer server =
                new LoopbackServer(ok("a", "ETag", "W/\"1\"", "Last-Modified", "Mon, 23 Nov 2026 09:00:00 GMT"))) {
            DownloadStep step = step(source(server.url("/a.csv")));
            InputFiles before = step.run();

            assertThat(step.changed(before, true)).isEmpty();

            assertThat(server.requests).extracting(Request::ifNoneMatch).containsOnlyNulls();
            assertThat(server.requests)
                    .last()
                    .extracting(Request::ifModifiedSince)
                    .isEqualTo("Mon, 23 Nov 2026 09:00:00 GMT");
        }
    }

    @Test
    void withoutValidatorsTheContentIsComparedAndNothingIsSaved() throws IOException {
        try (LoopbackServer server = new LoopbackServer(ok("a"))) {
            DownloadStep step = step(source(server.url("/a.csv")));
            InputFiles before = step.run();

            assertThat(step.changed(before, true)).isEmpty();
            server.answer(ok("b"));
            assertThat(step.changed(before, true)).isPresent();

            assertThat(fetched()).hasContent("a");
            assertThat(workspaceFiles()).hasSize(2);
        }
    }

    @Test
    void aServerThatCannotBeAskedIsAFailureAndNotAnAnswer() {
        try (LoopbackServer server = new LoopbackServer(ok("a"))) {
            DownloadStep step = step(source(server.url("/a.csv")));
            InputFiles before = step.run();
            server.answer(status(503));

            assertThatThrownBy(() -> step.changed(before, true)).isInstanceOf(RunFailedException.class);
        }
    }
}
