package dev.etljar.download;

import static dev.etljar.download.LoopbackServer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.InputFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTests extends DownloadTestCase {

    @ParameterizedTest
    @CsvSource({
        "/a.csv, a.csv, a.csv",
        "/a%20b.csv, a b.csv, a%20b.csv",
        "/a+b.csv, a+b.csv, a+b.csv",
        "/gr%C3%B6%C3%9Fe.csv, größe.csv, gr%C3%B6%C3%9Fe.csv",
        "/größe.csv, größe.csv, gr%C3%B6%C3%9Fe.csv",
        "'', download, download",
        "/, download, download",
        "/daily/, download, download",
        "/.., download, download",
        "/%2e%2e, download, download",
        "/%2e%2e%2fpasswd, .._passwd, %2e%2e%2fpasswd",
        "/..%5cpasswd, .._passwd, ..%5cpasswd",
        "/a%00b, a_b, a%00b",
        "/a:b*c, a:b*c, a_b_c",
    })
    void aNameIsReadableAndItsFileStaysInItsFolder(String path, String name, String fileName) {
        RemoteSource source = (RemoteSource) Source.of(source("https://host" + path), context());

        assertThat(source.name()).isEqualTo(name);
        assertThat(source.fileName()).isEqualTo(fileName);
    }

    @Test
    void aVeryLongNameKeepsItsEnd() {
        RemoteSource source = (RemoteSource) Source.of(source("https://host/" + "a".repeat(500) + ".csv"), context());

        assertThat(source.fileName()).hasSize(120).endsWith("a.csv");
    }

    @Test
    void twoSourcesOfTheSameNameDoNotMeet() throws IOException {
        try (LoopbackServer server = new LoopbackServer(ok("first"), ok("second"))) {
            List<InputFile> files = step(source(server.url("/1/a.csv")), source(server.url("/2/a.csv")))
                    .run()
                    .files();

            assertThat(content(files.get(0).path())).isEqualTo("first");
            assertThat(content(files.get(1).path())).isEqualTo("second");
            assertThat(files).extracting(InputFile::name).containsExactly("a.csv", "a.csv");
        }
    }
}
