package dev.etljar.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectFileTests {

    /** As the application writes it, with a quote, a line end and a backslash in a record. */
    private static final String FILE =
            "\uFEFF\"load\",\"file\",\"line\",\"record\",\"column\",\"value\",\"reason\",\"key\",\"raw\"\r\n"
                    + "\"t\",\"a.csv\",\"3\",\"2\",\"amount\",\"x\",\"no\",\"load1-file1-line3\",\"'1,\"\"a \"\"\"\"b\nc\\\"\",x\"\r\n"
                    + "\"t\",\"a.csv\",\"9\",\"4\",\"amount\",\"x\",\"no\",\"load1-file1-line9\",\"'2,\"\"d\"\",x\"\r\n";

    @TempDir
    private Path folder;

    @Test
    void correctedFileHasWhatWasCorrectedAsItStoodAndNotWhatWasGivenUp() throws IOException {
        RejectFile rejects = new RejectFile(Files.writeString(folder.resolve("rejects.csv"), FILE));
        assertThat(rejects.lines()).containsExactly(3L, 9L);

        Path corrected = folder.resolve("corrected.csv");
        rejects.correct(corrected, (line, raw) -> line == 3 ? raw.replace(",x", ",1.5") : RejectFile.GIVEN_UP);

        assertThat(Files.readString(corrected))
                .isEqualTo(FILE.substring(1, FILE.lastIndexOf("\"t\"")).replace("\",x\"", "\",1.5\""));
        assertThat(new RejectFile(corrected).lines()).containsExactly(3L);
    }

    @Test
    void runWithoutRejectsHasNoFile() throws IOException {
        assertThat(new RejectFile(folder.resolve("rejects.csv")).lines()).isEmpty();
    }
}
