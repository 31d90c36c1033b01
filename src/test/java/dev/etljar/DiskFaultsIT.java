package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No room for what is to be written. A limit on the size of a file stands for a full disk: it needs no root, as a small
 * file system would, and to the application it is the same, a write that fails.
 */
class DiskFaultsIT {

    private static final int RECORDS = 40_000;

    @TempDir
    Path folder;

    @Test
    void noRoomInTheWorkspaceEndsTheRunWhichGoesOnWhenThereIsRoom() throws IOException {
        EtlHome home = new EtlHome(folder)
                .job("numbers", Numbers.job("data/input/numbers.zip", 1_000, "1", "append", ""))
                .write("data/input/numbers.zip", zip(Numbers.file(RECORDS) + "bad\n"));

        EtlProcess.Result full =
                EtlProcess.startWithFilesOf(1_000, home, "--job.name=numbers").await();

        assertFailed(full, "cannot write to ", "data/work/numbers/1/extract: File too large", "make room");
        assertGoesOn(home);
    }

    @Test
    void noRoomForTheDatabaseEndsTheRunWhichGoesOnAtTheCheckpointWhenThereIsRoom() {
        EtlHome home = new EtlHome(folder)
                .job(
                        "numbers",
                        Numbers.job("data/input/numbers.csv", 1_000, "1", "append", "")
                                + "retry: { attempts: 2, pause: 10ms, max-pause: 10ms }\n")
                .write(
                        "data/input/numbers.csv",
                        "id,text,amount,sent\nbad\n"
                                + Numbers.file(RECORDS).substring("id,text,amount,sent\n".length()));

        EtlProcess.Result full =
                EtlProcess.startWithFilesOf(2_000, home, "--job.name=numbers").await();

        assertFailed(full, "File too large");
        assertThat(home.staged()).as("what the checkpoint stands for").isPositive();
        assertGoesOn(home);
    }

    private static void assertFailed(EtlProcess.Result result, String... words) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.err()).doesNotContain("\tat ");
        assertThat(result.err().lines().filter(line -> line.startsWith("etl: ")))
                .singleElement()
                .asString()
                .contains(words);
    }

    private static void assertGoesOn(EtlHome home) {
        EtlProcess.Result again = EtlProcess.run(home, "--job.name=numbers");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.read("data/work/numbers/1/rejects.csv").lines()).hasSize(2);
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("1");
    }

    private static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("numbers.csv"));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
