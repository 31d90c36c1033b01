package dev.etljar.extract;

import static dev.etljar.extract.Archives.gzip;
import static dev.etljar.extract.Archives.join;
import static dev.etljar.extract.Archives.tar;
import static dev.etljar.extract.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.etljar.run.FileStamp;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Progress;
import dev.etljar.run.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExtractStepTests extends ExtractTestCase {

    private static final String[] ENTRIES = {
        "b.csv",
        "bbb",
        "folder/",
        "",
        "folder/a.csv",
        "a",
        "folder/größe.txt",
        "ü",
        "empty.csv",
        "",
        "folder/x/" + "n".repeat(120),
        "n"
    };

    static Stream<Arguments> archives() {
        return Stream.of(
                Arguments.of("a.zip", zip(ENTRIES)),
                Arguments.of("a.tar", tar(ENTRIES)),
                Arguments.of("a.tar.gz", gzip(tar(ENTRIES))),
                Arguments.of("a.tgz", gzip(tar(ENTRIES))),
                Arguments.of("named-wrongly.csv", zip(ENTRIES)),
                Arguments.of("no-name", gzip(tar(ENTRIES))));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void anArchiveGivesItsFilesInItsOrder(String name, byte[] archive) {
        assertThat(extract(download(name, archive)))
                .containsExactly(
                        entry("b.csv", "bbb"),
                        entry("folder/a.csv", "a"),
                        entry("folder/größe.txt", "ü"),
                        entry("empty.csv", ""),
                        entry("folder/x/" + "n".repeat(120), "n"));
        assertThat(written())
                .containsExactly(
                        "work/extract/1.finished",
                        "work/extract/1/b.csv",
                        "work/extract/1/empty.csv",
                        "work/extract/1/folder/a.csv",
                        "work/extract/1/folder/gr%C3%B6%C3%9Fe.txt",
                        "work/extract/1/folder/x/" + "n".repeat(120));
        assertThat(progress)
                .last()
                .satisfies(last -> assertThat(last.position()).isEqualTo(last.total()));
    }

    @Test
    void anEntryIsDescribedByItsPathItsContentAndItsArchive() throws IOException {
        InputFiles files = new ExtractStep(including("**"), context(stop))
                .run(new InputFiles(List.of(download("a.zip", zip("folder/a.csv", "abc")))));

        assertThat(files.files())
                .containsExactly(new InputFile(
                        "folder/a.csv",
                        home.resolve("work/extract/1/folder/a.csv"),
                        3,
                        Sha256.of("abc"),
                        "https://host/a.zip!folder/a.csv",
                        FileStamp.of(home.resolve("work/extract/1/folder/a.csv"))));
    }

    @Test
    void whatIsNoArchiveIsHandedOnInPlace() {
        InputFile plain = download("a.csv", Archives.bytes("a,b\n"));
        InputFile empty = download("empty.csv", new byte[0]);
        InputFile large = download("large.csv", Archives.bytes("0123456789\n".repeat(1000)));

        InputFiles files =
                new ExtractStep(including("*.txt"), context(stop)).run(new InputFiles(List.of(plain, empty, large)));

        assertThat(files.files()).containsExactly(plain, empty, large);
        assertThat(written()).isEmpty();
        assertThat(progress)
                .last()
                .extracting(Progress::position, Progress::total)
                .containsExactly(11_004L, 11_004L);
    }

    @Test
    void aGzipIsOneFileNamedAfterItsDownload() {
        assertThat(extract(download("a.csv.gz", gzip("a,b\n")))).containsExactly(entry("a.csv", "a,b\n"));
        assertThat(extract(download("A.CSV.GZ", gzip("a,b\n")))).containsExactly(entry("A.CSV", "a,b\n"));
        assertThat(extract(download("a.csv", gzip("")))).containsExactly(entry("a.csv", ""));
    }

    @Test
    void aGzipOfSeveralMembersIsReadToItsEnd() {
        assertThat(extract(download("a.csv.gz", join(gzip("a\n"), gzip("b\n")))))
                .containsExactly(entry("a.csv", "a\nb\n"));
    }

    @Test
    void onlyWhatIsIncludedIsWritten() {
        InputFile archive = download("a.zip", zip("a.csv", "a", "x/b.csv", "b", "x/y/c.csv", "c", "x/readme.txt", "r"));

        assertThat(extract(including("*.csv"), archive)).containsOnlyKeys("a.csv", "x/b.csv", "x/y/c.csv");
        assertThat(extract(including("x/*.csv", "*.txt"), archive)).containsOnlyKeys("x/b.csv", "x/readme.txt");
        assertThat(written())
                .containsExactly("work/extract/1.finished", "work/extract/1/x/b.csv", "work/extract/1/x/readme.txt");
    }

    @Test
    void nothingThatFitsIsARefusalThatShowsWhatIsThere() {
        assertRefused(including("*.txt", "*.xml"), download("a.zip", zip("a.csv", "a", "b.csv", "b")))
                .hasMessageContaining("none of its 2 files fits 'include' (*.txt, *.xml); it holds a.csv, b.csv");
    }

    @ParameterizedTest
    @MethodSource("emptyArchives")
    void anEmptyArchiveIsRefused(String name, byte[] archive) {
        assertRefused(download(name, archive)).hasMessageContaining("it holds no files");
    }

    static Stream<Arguments> emptyArchives() {
        return Stream.of(
                Arguments.of("empty.zip", zip()),
                Arguments.of("empty.tar", tar()),
                Arguments.of("empty.tar.gz", gzip(tar())),
                Arguments.of("folders.zip", zip("a/", "", "a/b/", "")));
    }

    @Test
    void twoArchivesMayHoldTheSameName() {
        InputFiles files = new ExtractStep(including("**"), context(stop))
                .run(new InputFiles(
                        List.of(download("1.zip", zip("a.csv", "one")), download("2.zip", zip("a.csv", "two")))));

        assertThat(files.files()).extracting(file -> content(file.path())).containsExactly("one", "two");
    }

    @Test
    void anArchiveInAnArchiveIsAFile() {
        byte[] inner = gzip("a");
        InputFiles files = new ExtractStep(including("**"), context(stop))
                .run(new InputFiles(List.of(download("a.tar", tar(out -> {
                    var entry = new org.apache.commons.compress.archivers.tar.TarArchiveEntry("a.gz");
                    entry.setSize(inner.length);
                    out.putArchiveEntry(entry);
                    out.write(inner);
                    out.closeArchiveEntry();
                })))));

        assertThat(files.files()).singleElement().extracting(InputFile::size).isEqualTo((long) inner.length);
    }

    @Test
    void aTarFromBeforePosixIsATar() {
        byte[] old = Archives.replace(tar("a.csv", "a"), "ustar\00000", "\0\0\0\0\0\0\0\0");
        Archives.sumTarHeader(old);

        assertThat(extract(download("old.tar", old))).containsExactly(entry("a.csv", "a"));
    }
}
