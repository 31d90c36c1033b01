package dev.etljar.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.run.DataRefusedException;
import dev.etljar.run.FileStamp;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Problem;
import dev.etljar.run.Progress;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSourceTests extends DownloadTestCase {

    @ParameterizedTest
    @ValueSource(strings = {"data/in put.csv", "file:data/in%20put.csv", "./data/x/../in put.csv"})
    void aLocalFileIsUsedInPlaceRelativeToTheHome(String url) throws IOException {
        Path path = file("data/in put.csv", "a,b\n");

        assertThat(step(source(url)).check()).isEmpty();
        assertThat(step(source(url)).run().files())
                .containsExactly(
                        new InputFile("in put.csv", path, 4, sha256("a,b\n"), path.toString(), FileStamp.of(path)));
        assertThat(workspaceFiles()).isEmpty();
        assertThat(progress)
                .last()
                .extracting(Progress::position, Progress::total)
                .containsExactly(4L, 4L);
    }

    @Test
    void absolutePathsAndUrlsWork() throws IOException {
        Path path = file("a.csv", "a");

        assertThat(step(source(path.toString()), source("file://" + path), source("file:" + path))
                        .run()
                        .files())
                .extracting(InputFile::path)
                .containsExactly(path, path, path);
    }

    @Test
    void placeholdersAreResolvedInUrlAndChecksum() throws IOException {
        file("a-2026-11-23.csv", "a");

        assertThat(step(source("a-${date}.csv")).check()).isEmpty();
        assertThat(step(source("a-${date}.csv", "${date}")).check())
                .singleElement()
                .satisfies(problem -> assertThat(problem.mayPass()).isFalse())
                .satisfies(problem -> assertThat(problem.message()).contains("64 hexadecimal digits"));
    }

    @Test
    void everyProblemIsFoundBeforeTheRunAndNothingIsCreated() throws IOException {
        Files.createDirectories(home.resolve("folder"));

        assertThat(step(
                                source("late.csv"),
                                source("folder"),
                                source("ftp://host/a.csv"),
                                source("http:///a.csv"),
                                source("file://elsewhere/a.csv"),
                                source("a-${day}-${hour}.csv"))
                        .check())
                .satisfiesExactly(
                        late -> assertThat(late)
                                .isEqualTo(Problem.mayPass(home.resolve("late.csv")
                                        + " does not exist; when it is there, run the same command again")),
                        folder -> assertThat(folder)
                                .isEqualTo(Problem.wrong(home.resolve("folder") + " is a directory; name a file")),
                        scheme -> assertThat(scheme)
                                .isEqualTo(Problem.wrong("download source 3: the scheme 'ftp:' is not supported;"
                                        + " use a path, or a file:, http: or https: URL")),
                        host -> assertThat(host.message()).startsWith("download source 4: the http: URL"),
                        elsewhere -> assertThat(elsewhere.message()).contains("'elsewhere'"),
                        day -> assertThat(day)
                                .isEqualTo(Problem.wrong(
                                        "download source 6: ${day} is neither a job parameter nor an environment variable;"
                                                + " ${hour} is neither a job parameter nor an environment variable")));
        assertThat(workspaceFiles()).isEmpty();
    }

    @Test
    void aMalformedUrlDoesNotShowItsPassword() {
        assertThat(step(source("https://me:ge heim@host/a.csv"), source("https://me:ge/heim@host/a.csv"))
                        .check())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.message()).doesNotContain("heim"))
                .noneMatch(Problem::mayPass);
    }

    @Test
    void aFileThatIsNotThereYetFailsTheRunAndDoesNotRefuseTheData() {
        assertThatThrownBy(() -> step(source("late.csv")).run())
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining(home.resolve("late.csv").toString());
    }

    @Test
    void aWrongChecksumRefusesTheFileAndLeavesItWhereItIs() throws IOException {
        Path path = file("a.csv", "a");
        String expected = sha256("b");

        assertThatThrownBy(() -> step(source("a.csv", expected)).run())
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("expected sha256 " + expected)
                .hasMessageContaining("actual " + sha256("a"));
        assertThat(path).hasContent("a");
    }

    @Test
    void aChecksumMayBeWrittenInCapitals() throws IOException {
        file("a.csv", "a");

        assertThat(step(source("a.csv", sha256("a").toUpperCase(java.util.Locale.ROOT)))
                        .run()
                        .files())
                .hasSize(1);
    }

    @Test
    void aStopEndsTheHashing() throws IOException {
        file("a.csv", "a");
        stop.request();

        assertThatThrownBy(() -> step(source("a.csv")).run()).isInstanceOf(StoppedException.class);
    }

    @Test
    void aLocalFileIsUnchangedWhileItsBytesAre() throws IOException {
        file("a.csv", "a");
        DownloadStep step = step(source("a.csv"));
        InputFiles before = step.run();

        assertThat(step.changed(before, true)).isEmpty();
        file("a.csv", "b");
        assertThat(step.changed(before, true)).isPresent();
        Files.delete(home.resolve("a.csv"));
        assertThat(step.changed(before, true))
                .as("archived, or no longer needed")
                .isEmpty();
    }

    @Test
    void anotherSourceIsAChange() throws IOException {
        file("a.csv", "a");
        file("b.csv", "a");
        InputFiles before = step(source("a.csv")).run();

        assertThat(step(source("b.csv")).changed(before, true)).isPresent();
        assertThat(step(source("a.csv"), source("b.csv")).changed(before, true)).isPresent();
    }
}
