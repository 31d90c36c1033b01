package dev.etljar.extract;

import static dev.etljar.extract.Archives.gzip;
import static dev.etljar.extract.Archives.tar;
import static dev.etljar.extract.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestartTests extends ExtractTestCase {

    private static final FileTime LONG_AGO = FileTime.fromMillis(0);
    private static final String LARGE = large();

    static Stream<Arguments> archives() {
        String[] entries = {"1.csv", LARGE, "2.csv", LARGE + "2", "3.csv", LARGE + "3"};
        return Stream.of(
                Arguments.of("a.zip", zip(entries)),
                Arguments.of("a.tar", tar(entries)),
                Arguments.of("a.tar.gz", gzip(tar(entries))));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void whatWasFinishedBeforeAStopIsNotWrittenAgain(String name, byte[] archive) throws IOException {
        InputFile download = download(name, archive);
        stopAfterBytes = archive.length * 45L / 100;
        assertThatThrownBy(() -> new ExtractStep(including("**"), context(stop)).run(new InputFiles(List.of(download))))
                .isInstanceOf(StoppedException.class);
        assertThat(written()).containsExactly("work/extract/1.finished", "work/extract/1/1.csv");
        Files.setLastModifiedTime(file("1.csv"), LONG_AGO);

        assertThat(extract(download))
                .containsExactly(entry("1.csv", LARGE), entry("2.csv", LARGE + "2"), entry("3.csv", LARGE + "3"));
        assertThat(Files.getLastModifiedTime(file("1.csv"))).isEqualTo(LONG_AGO);
    }

    @ParameterizedTest
    @MethodSource("archives")
    void aCompleteArchiveIsNotReadAgain(String name, byte[] archive) throws IOException {
        InputFile download = download(name, archive);
        var first = extract(download);
        byte[] unreadable = archive.clone();
        java.util.Arrays.fill(unreadable, 512, archive.length, (byte) 1);
        Files.write(download.path(), unreadable);

        assertThat(extract(download)).isEqualTo(first);
        assertThat(extract(download).keySet()).containsExactlyElementsOf(first.keySet());
    }

    @ParameterizedTest
    @MethodSource("archives")
    void aFileThatWasDamagedSinceIsWrittenAgain(String name, byte[] archive) throws IOException {
        InputFile download = download(name, archive);
        extract(download);
        Files.writeString(file("2.csv"), "x");
        Files.setLastModifiedTime(file("3.csv"), LONG_AGO);

        assertThat(extract(download))
                .containsExactly(entry("1.csv", LARGE), entry("2.csv", LARGE + "2"), entry("3.csv", LARGE + "3"));
        assertThat(Files.getLastModifiedTime(file("3.csv"))).isEqualTo(LONG_AGO);
    }

    @Test
    void aKillMayTearTheListAndLeaveHalfAFile() throws IOException {
        InputFile download = download("a.zip", zip("1.csv", "one", "2.csv", "two"));
        Path list = home.resolve("work/extract/1.finished");
        extract(download);
        List<String> lines = Files.readAllLines(list);
        for (int length = 0; length < lines.get(2).length(); length += 7) {
            Files.writeString(
                    list,
                    lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(2).substring(0, length));
            Files.writeString(home.resolve("work/extract/1.part"), "much longer than the file");

            assertThat(extract(download)).containsExactly(entry("1.csv", "one"), entry("2.csv", "two"));
            assertThat(Files.readAllLines(list)).isEqualTo(lines);
        }
    }

    @Test
    void aFileThatGotItsNameButNotItsLineIsWrittenAgain() throws IOException {
        InputFile download = download("a.zip", zip("1.csv", "one", "2.csv", "two"));
        Path list = home.resolve("work/extract/1.finished");
        extract(download);
        Files.writeString(list, Files.readAllLines(list).get(0) + "\n");

        assertThat(extract(download)).containsExactly(entry("1.csv", "one"), entry("2.csv", "two"));
    }

    @Test
    void anotherArchiveOrOtherGlobsBeginWithAnEmptyFolder() {
        extract(download("a.zip", zip("1.csv", "one", "2.csv", "two")));
        assertThat(extract(download("a.zip", zip("1.csv", "new")))).containsExactly(entry("1.csv", "new"));
        assertThat(written()).containsExactly("work/extract/1.finished", "work/extract/1/1.csv");

        assertThat(extract(including("1.*"), download("a.zip", zip("1.csv", "new", "2.csv", "two"))))
                .containsOnlyKeys("1.csv");
    }

    @Test
    void aNameWithALineSeparatorIsRemembered() {
        InputFile download = download("a.zip", zip("a\u2028b.csv", "one", "2.csv", "two"));

        assertThat(extract(download)).hasSize(2);
        assertThat(extract(download)).hasSize(2);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNotTheDatasFault() throws IOException {
        Files.createDirectories(home.resolve("work/extract/1.part/x"));

        assertThatThrownBy(() -> extract(download("a.zip", zip("1.csv", "one"))))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining(home.resolve("work/extract").toString())
                .hasMessageContaining("bytes free");
    }

    @Test
    void aDownloadThatIsGoneIsNotTheDatasFault() throws IOException {
        InputFile download = download("a.zip", zip("1.csv", "one"));
        Files.write(download.path(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        Files.delete(download.path());

        assertThatThrownBy(() -> extract(download)).isInstanceOf(RunFailedException.class);
    }

    private Path file(String name) {
        return home.resolve("work/extract/1").resolve(name);
    }

    /** Letters that do not pack well, so that an archive's bytes are spread over its entries. */
    private static String large() {
        StringBuilder text = new StringBuilder();
        new Random(7).ints(300_000, 'a', 'z').forEach(c -> text.append((char) c));
        return text.toString();
    }
}
