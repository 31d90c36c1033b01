package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.HaltingEtl;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WatchedDriver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The job repository in one database, the target in another: no transaction spans them, and yet nothing is lost. */
class OtherTargetIT {

    private static final int RECORDS = 1_000;
    private static final String CHUNK = "update etl_checkpoint set byte_offset";
    private static final String PUBLICATION = "insert into etl_publication";
    private static final String LOADED = "select loaded from etl_checkpoint";
    private static final String SECRET = "pa55-word-of-the-test";

    @TempDir
    Path folder;

    /** Spring Batch commits its records of a chunk before the chunk is committed in the target: a kill in between. */
    @ParameterizedTest
    @CsvSource({
        "H2, POSTGRESQL_NEWEST",
        "H2, MARIADB_NEWEST",
        "POSTGRESQL_NEWEST, H2",
        "POSTGRESQL_NEWEST, MARIADB_NEWEST"
    })
    void deathAroundTheTargetsCommitsLosesAndDoublesNothing(TestDatabase repository, TestDatabase target) {
        try (EtlHome home = home(repository, target)
                .configureTarget("      driver-class-name: " + WatchedDriver.class.getName() + "\n")) {
            die(home, "before commit 3 of " + CHUNK);
            assertThat(context(home)).as("the repository is ahead").contains("300");
            assertThat(home.value(LOADED)).isEqualTo("200");
            assertThat(home.staged()).isEqualTo(200);

            die(home, "before commit 1 of " + PUBLICATION);
            assertThat(home.staged()).isEqualTo(RECORDS);
            assertThat(home.tables("numbers"))
                    .allSatisfy(table -> assertThat(home.value("select count(*) from " + table))
                            .isEqualTo("0"));

            die(home, "after commit 1 of " + PUBLICATION);
            assertThat(home.value("select count(*) from numbers")).isEqualTo(Integer.toString(RECORDS));
            assertThat(home.repository()
                            .value("select status from BATCH_STEP_EXECUTION where step_name = 'FINALIZE'"
                                    + " order by step_execution_id desc limit 1"))
                    .as("the repository does not know of it")
                    .isEqualTo("STARTED");

            assertTheRunCompletes(home);
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, POSTGRESQL_NEWEST", "POSTGRESQL_NEWEST, H2"})
    void aRepositoryThatLostItsLastCommitsIsNotBelieved(TestDatabase repository, TestDatabase target)
            throws SQLException {
        try (EtlHome home = home(repository, target)) {
            stopAfter(2, home);
            String behind = context(home);
            stopAfter(4, home);
            assertThat(home.value(LOADED)).isEqualTo("500");

            setContext(home, behind);

            assertTheRunCompletes(home);
        }
    }

    /** Such as a server without synchronous commits, or a standby that was promoted: the repository knows of more. */
    @Test
    void aTargetThatLostWhatItHadAcknowledgedIsFilledAgain() {
        try (EtlHome home = home(TestDatabase.H2, TestDatabase.POSTGRESQL_NEWEST)) {
            stopAfter(2, home);
            List<String> behind = home.rows(
                    "select byte_offset, record_number, line_number, loaded, rejected, filtered from etl_checkpoint");
            String lines = home.value("select line_number from etl_checkpoint");
            die(home, "ended PROCESS");
            assertThat(home.repository()
                            .value("select status from BATCH_STEP_EXECUTION where step_execution_id = (" + newestPart()
                                    + ")"))
                    .isEqualTo("COMPLETED");

            home.repository().execute("update BATCH_STEP_EXECUTION set status = 'STARTED' where step_name = 'PROCESS'");
            String[] checkpoint = behind.get(0).split("\\|", -1);
            home.execute(
                    "update etl_checkpoint set byte_offset = %s, record_number = %s, line_number = %s, loaded = %s,"
                                    .formatted((Object[]) checkpoint)
                            + " rejected = %s, filtered = %s".formatted(checkpoint[4], checkpoint[5]));
            home.execute("delete from " + home.tables("etl_stage%").get(0) + " where _etl_line > " + lines);
            home.execute("delete from etl_reject where line_number > " + lines);

            assertTheRunCompletes(home);
        }
    }

    private EtlHome home(TestDatabase repository, TestDatabase target) {
        return EtlHome.withTargetOn(repository, target, folder)
                .job("numbers", job("1"))
                .write("data/input/numbers.csv", Numbers.file(RECORDS) + "bad\n");
    }

    private static void assertTheRunCompletes(EtlHome home) {
        RunOutcome outcome = InProcessEtl.run(home, "numbers");
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("1");
        assertThat(home.value("select count(*) from etl_reject")).isEqualTo("1");
        assertThat(home.tables("etl_stage%")).isEmpty();
    }

    private static void die(EtlHome home, String moment) {
        assertThat(HaltingEtl.run(home, moment)).as(moment).isEqualTo(HaltingEtl.KILLED);
    }

    /** The checkpoint of the newest partition step as Spring Batch has it. */
    private static String context(EtlHome home) {
        return home.repository()
                .value("select short_context from BATCH_STEP_EXECUTION_CONTEXT where step_execution_id = ("
                        + newestPart() + ")");
    }

    private static String newestPart() {
        return "select max(step_execution_id) from BATCH_STEP_EXECUTION where step_name like 'PROCESS:%'";
    }

    private static void setContext(EtlHome home, String context) throws SQLException {
        String newest = home.repository().value(newestPart());
        try (Connection connection = home.repository().connect();
                PreparedStatement update = connection.prepareStatement(
                        "update BATCH_STEP_EXECUTION_CONTEXT set short_context = ? where step_execution_id = "
                                + newest)) {
            update.setString(1, context);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    /** Each repository's runs have the same numbers, and meet in the target. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void twoRepositoriesDoNotTouchEachOthersRows(TestDatabase target, @TempDir Path otherFolder) {
        try (EtlHome one = EtlHome.withTargetOn(target, folder)
                        .job("numbers", job("1"))
                        .write("data/input/numbers.csv", Numbers.file(RECORDS) + "bad\n");
                EtlHome other = one.sibling(otherFolder)
                        .job("numbers", job("1").replace("table: numbers", "table: others"))
                        .write("data/input/numbers.csv", "bad\n" + Numbers.file(RECORDS / 2))) {
            other.write("data/input/numbers.csv", Numbers.file(RECORDS / 2) + "bad\n");

            stopAfter(3, one);
            stopAfter(2, other);
            assertThat(one.tables("etl_stage%")).hasSize(2);
            assertThat(one.rows(LOADED + " order by loaded")).containsExactly("200", "300");

            assertThat(startOver(other)).isInstanceOf(RunOutcome.Completed.class);
            assertThat(one.rows(LOADED + " where repository = '" + token(one) + "'"))
                    .containsExactly("300");
            assertThat(one.staged()).isEqualTo(300);

            assertThat(InProcessEtl.run(one, "numbers")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(InProcessEtl.run(other, "numbers")).isInstanceOf(RunOutcome.NothingNew.class);

            assertThat(one.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
            assertThat(one.rows(Numbers.SELECT.replace("numbers", "others"))).isEqualTo(Numbers.rows(RECORDS / 2));
            assertThat(one.read("data/work/numbers/1/rejects.csv").lines()).hasSize(2);
            assertThat(other.read("data/work/numbers/2/rejects.csv").lines()).hasSize(2);
            assertThat(one.tables("etl_stage%")).isEmpty();
        }
    }

    private static void stopAfter(int chunks, EtlHome home) {
        StopSignal stop = new StopSignal();
        RunOutcome outcome = InProcessEtl.run(
                home.root(),
                "numbers",
                new RunListener() {
                    private int chunk;

                    @Override
                    public void progressed(Progress progress) {
                        if (progress.phase() == Phase.PROCESS && ++chunk == chunks) {
                            stop.request();
                        }
                    }
                },
                stop);
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Stopped.class);
    }

    private static RunOutcome startOver(EtlHome home) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(home.root())) {
            return application
                    .getBean(Launcher.class)
                    .run(new RunRequest("numbers", Map.of(), false, true), RunListener.NONE, new StopSignal());
        }
    }

    private static String token(EtlHome home) {
        return home.repository().value("select token from etl_repository");
    }

    private static String job(String rejects) {
        return "target: warehouse\n" + Numbers.job("data/input/numbers.csv", 100, rejects, "append", "");
    }

    @Test
    void aTargetThatIsNotConfiguredIsWrong() {
        assertWrong("  targets: { depot: { url: \"jdbc:postgresql://localhost/x\" } }\n")
                .contains("There is no target 'warehouse'")
                .contains("etl.targets.depot");
    }

    @Test
    void aTargetWithoutAnUrlIsWrong() {
        assertWrong("  targets: { warehouse: { username: etl } }\n")
                .contains("There is no etl.targets.warehouse.url in config/application.yml");
    }

    @Test
    void aTargetOfAnotherProductIsWrong() {
        assertWrong("  targets: { warehouse: { url: \"jdbc:oracle:thin:etl/" + SECRET + "@localhost\" } }\n")
                .contains("The database of 'jdbc:oracle:…' is not supported");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST"})
    void aTargetThatRefusesTheUserIsWrong(TestDatabase target) {
        EtlHome there = new EtlHome(folder.resolve("there"));
        there.execute("create table there (id integer)");
        String url = target == TestDatabase.H2
                ? "jdbc:h2:file:" + there.root().resolve("data/db/etl").toAbsolutePath()
                : target.server().url();
        assertWrong("""
                          targets:
                            warehouse: { url: "%s", username: nobody, password: %s, hikari: { connection-timeout: 2000 } }
                        """.formatted(url, SECRET))
                .contains(
                        "The target 'warehouse' cannot be used. The database does not let the user in: etl.targets.warehouse (jdbc:",
                        "in the environment: ETL_TARGETS_WAREHOUSE_PASSWORD");
    }

    private AbstractStringAssert<?> assertWrong(String targets) {
        EtlHome home = misconfigured(targets);
        RunOutcome outcome = InProcessEtl.run(home, "numbers");
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(ExitCode.WRONG);
        assertNothingStarted(home);
        return assertThat(outcome.message()).doesNotContain(SECRET);
    }

    private EtlHome misconfigured(String targets) {
        return new EtlHome(folder)
                .configure("etl:\n" + targets)
                .job("numbers", job("0") + "retry: { attempts: 2, pause: 10ms }\n")
                .write("data/input/numbers.csv", Numbers.file(10));
    }

    private static void assertNothingStarted(EtlHome home) {
        if (home.tables("batch_job_instance").size() == 1) {
            assertThat(home.value("select count(*) from batch_job_instance")).isEqualTo("0");
        }
    }

    @Test
    void aTargetThatDoesNotAnswerMayPassAndNoPasswordIsTold() {
        EtlHome home = misconfigured("""
                  targets:
                    warehouse:
                      url: "jdbc:postgresql://127.0.0.1:1/x?password=%1$s"
                      username: etl
                      password: %1$s
                      hikari: { connection-timeout: 500 }
                """.formatted(SECRET));

        EtlProcess.Result result = EtlProcess.run(home, "--job.name=numbers", "--debug");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.err())
                .contains("etl: The target 'warehouse' cannot be used. The database does not answer: "
                        + "etl.targets.warehouse (jdbc:postgresql://127.0.0.1:1/x). It says: ")
                .doesNotContain(SECRET);
        assertThat(result.out()).isEmpty();
        assertNothingStarted(home);
    }
}
