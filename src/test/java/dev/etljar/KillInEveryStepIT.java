package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.RunOutcome;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.HaltingEtl;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Death at exact moments of each step, the worst ones between a commit and the note of it: the end is the same. */
class KillInEveryStepIT {

    private static final int RECORDS = 5_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "started DOWNLOAD",
                "ended DOWNLOAD",
                "progressed EXTRACT",
                "ended EXTRACT",
                "progressed PROCESS",
                "ended PROCESS",
                "ended VALIDATE",
                "published FINALIZE",
                "ended FINALIZE",
                "ended RUN"
            })
    void endsAsIfNothingHadHappened(String moment) throws IOException {
        EtlHome home = new EtlHome(folder)
                .job(
                        "numbers",
                        Numbers.job("data/input/numbers.zip", 1_000, "1", "append\n  archive: data/archive", ""))
                .write("data/input/numbers.zip", zip(Numbers.file(RECORDS) + "bad\n"));

        assertThat(HaltingEtl.run(home, moment)).isEqualTo(HaltingEtl.KILLED);
        RunOutcome again = InProcessEtl.run(home, "numbers");

        assertThat(again).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.read("data/work/numbers/1/rejects.csv").lines()).hasSize(2);
        assertThat(home.rows("select count(*) from etl_publication")).containsExactly("1");
        assertThat(home.rows("select table_name from information_schema.tables where table_name like 'ETL_STAGE%'"))
                .isEmpty();
        assertThat(home.exists("data/archive/numbers/1/1-numbers.zip")).isTrue();
        assertThat(home.exists("data/work/numbers/1/extract")).isFalse();
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
