package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.HaltingEtl;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rejects are corrected and come to what was loaded, each once. */
class ReplayRejectsIT {

    private static final String REJECTS = "data/work/numbers/1/rejects.csv";

    /** Two good records; one whose amount is wrong, one whose quote is not closed, one that is far from right. */
    private static final String FILE = """
            id,text,amount,sent
            1,one,1.0,2026-11-01
            2,two,much,2026-11-02
            4,four,4.0,2026-11-04
            5,"zeile
            zwei",5.0,some day
            3,"drei, ü,3.0,2026-11-03
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void correctedRecordsAreLoadedOnceEach(TestDatabase database) {
        try (EtlHome home = loaded(EtlHome.on(database, folder), "append")) {
            assertThat(ids(home)).containsExactly("1", "4");
            home.write("first.csv", corrected(home).replace("much", "2.0"));

            RunOutcome first = replay(home, 1, "first.csv");

            assertThat(first).as(first.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(ids(home)).containsExactly("1", "2", "4");
            assertThat(home.read("data/work/numbers/2/rejects.csv").lines())
                    .hasSize(4)
                    .anyMatch(line -> line.contains("\"numbers.csv\",\"7\",\"5\",") && line.contains("is not closed"));
            assertThat(replay(home, 1, "first.csv")).isInstanceOf(RunOutcome.NothingNew.class);

            home.write("second.csv", corrected(home).replace("much", "2.0").replace("\"\"drei, ü", "\"\"drei, ü\"\""));
            RunOutcome second = replay(home, 1, "second.csv");
            assertThat(second).as(second.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT))
                    .containsExactly(
                            "1|one|1.0|2026-11-01",
                            "2|two|2.0|2026-11-02",
                            "3|drei, ü|3.0|2026-11-03",
                            "4|four|4.0|2026-11-04");

            home.write("third.csv", home.read("data/work/numbers/2/rejects.csv").replace("some day", "2026-11-05"));
            RunOutcome third = replay(home, 2, "third.csv");
            assertThat(third).as(third.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(ids(home)).containsExactly("1", "2", "3", "4", "5");
            assertThat(home.value("select text from numbers where id = 5")).isEqualTo("zeile\nzwei");
            assertThat(replay(home, 1, "third.csv").exitCode().code())
                    .as("another run's keys")
                    .isIn(0, 3);
            assertThat(replay(home, 1, null)).isInstanceOf(RunOutcome.NothingNew.class);
            assertThat(InProcessEtl.run(home, "numbers"))
                    .as("the same input")
                    .isInstanceOf(RunOutcome.NothingNew.class);
            assertThat(ids(home)).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ended DOWNLOAD", "progressed PROCESS", "published FINALIZE"})
    void replayThatIsKilledGoesOn(String moment) {
        try (EtlHome home = loaded(EtlHome.on(TestDatabase.POSTGRESQL_NEWEST, folder), "append")) {
            home.write("fixed.csv", corrected(home).replace("much", "2.0").replace("some day", "2026-11-05"));

            assertThat(HaltingEtl.replay(home, moment, "fixed.csv")).isEqualTo(HaltingEtl.KILLED);
            assertThat(replay(home, 1, "fixed.csv").exitCode().code()).isZero();

            assertThat(ids(home)).containsExactly("1", "2", "4", "5");
            assertThat(home.value("select count(*) from etl_reject where job_instance_id = 2"))
                    .isEqualTo("1");
            assertThat(replay(home, 1, "fixed.csv")).isInstanceOf(RunOutcome.NothingNew.class);
            assertThat(home.tables("etl_stage%")).isEmpty();
        }
    }

    @Test
    void rejectsAreReplayedAsTheyAreAfterTheDefinitionWasCorrected() {
        EtlHome home = loaded(new EtlHome(folder), "append");
        RunOutcome none = replay(home, 1, null);
        assertThat(none.exitCode().code()).as(none.message()).isEqualTo(3);
        assertThat(none.message()).contains("None of the rejects can be loaded");

        home.job("numbers", job("append").replace("type: date", "type: date, null-values: [some day]"));
        RunOutcome replayed = replay(home, 1, null);

        assertThat(replayed).as(replayed.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(ids(home)).containsExactly("1", "4", "5");
    }

    @Test
    void replayAddsToWhatReplacedTheTableAndNotToWhatReplacedThat() {
        EtlHome home = loaded(new EtlHome(folder), "replace");
        home.write("fixed.csv", corrected(home).replace("much", "2.0"));
        assertThat(replay(home, 1, "fixed.csv")).isInstanceOf(RunOutcome.Completed.class);
        assertThat(ids(home)).containsExactly("1", "2", "4");

        home.write("data/input/numbers.csv", Numbers.file(3));
        assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
        RunOutcome late = replay(home, 1, null);
        assertThat(late.exitCode().code()).isEqualTo(2);
        assertThat(late.message()).contains("Run 3 has replaced");
        assertThat(ids(home)).containsExactly("1", "2", "3");
    }

    @Test
    void fileThatASpreadsheetSavedIsTaken() {
        EtlHome home = loaded(new EtlHome(folder), "append");
        home.write(
                "fixed.csv",
                "raw;key\r\n\"2,\"\"=zwei\"\",2.0,2026-11-02\";load1-file1-line3\r\n\"5,x\ufffdx,5.0,2026-11-05\";load1-file1-line5\r\n");

        RunOutcome outcome = replay(home, 1, "fixed.csv");

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.value("select text from numbers where id = 2")).isEqualTo("=zwei");
        assertThat(ids(home)).containsExactly("1", "2", "4");
    }

    @Test
    void fileThatIsNoneOfTheRunsRejectsIsRefused() {
        EtlHome home = loaded(new EtlHome(folder), "append");
        home.write("latin.csv", "key,raw\r\nload1-file1-line3,\"\u00fc\"".getBytes(StandardCharsets.ISO_8859_1));
        home.write("other.csv", "key,raw\r\nload1-file1-line99,\"a\"");
        home.write("none.csv", "a,b\r\n");

        assertThat(replay(home, 1, "latin.csv").message()).contains("latin.csv:2", "CSV UTF-8");
        assertThat(replay(home, 1, "other.csv").message()).contains("no reject with the key 'load1-file1-line99'");
        assertThat(replay(home, 1, "none.csv").message()).contains("no columns 'key' and 'raw'");
        assertThat(replay(home, 1, "gone.csv").exitCode().code()).isEqualTo(2);
        assertThat(replay(home, 99, null).exitCode().code()).isEqualTo(2);
        assertThat(ids(home)).containsExactly("1", "4");
    }

    private static EtlHome loaded(EtlHome home, String publish) {
        home.write("data/input/numbers.csv", FILE).job("numbers", job(publish));
        RunOutcome outcome = InProcessEtl.run(home, "numbers");
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        return home;
    }

    private static String job(String publish) {
        return Numbers.job(
                "data/input/numbers.csv", 1, "100%", publish, "- { rule: row-count, table: numbers, min: 2 }");
    }

    private static String corrected(EtlHome home) {
        return home.read(REJECTS);
    }

    private static List<String> ids(EtlHome home) {
        return home.rows("select id from numbers order by id");
    }

    private static RunOutcome replay(EtlHome home, long execution, @Nullable String file) {
        return InProcessEtl.replay(
                home.root(), execution, file == null ? null : home.root().resolve(file), RunListener.NONE);
    }
}
