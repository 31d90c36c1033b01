package dev.etljar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.database.Target;
import dev.etljar.doctor.SpaceCheck.Space;
import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.lease.Leases;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/** Each fault is planted, found, and told with what to do; where there is none, nothing is said and nothing is changed. */
class DoctorTests {

    private static final BeanPostProcessor AS_IT_IS = new BeanPostProcessor() {};

    @TempDir
    Path folder;

    private EtlHome home;

    @BeforeEach
    void home() {
        home = new EtlHome(folder)
                .configure("spring:\n  main:\n    lazy-initialization: true\n")
                .job("numbers", Numbers.job(100))
                .write("data/input/numbers.csv", Numbers.file(250));
    }

    private List<Finding> examine() {
        return examine(AS_IT_IS);
    }

    private List<Finding> examine(BeanPostProcessor change) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder, change)) {
            return application.getBean(Doctor.class).examine(null);
        }
    }

    private Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private void run() {
        RunOutcome outcome = InProcessEtl.run(home, "numbers");
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
    }

    /** A run that has staged one chunk and is to go on. */
    private void oneChunk() {
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            RunOutcome outcome = application
                    .getBean(Launcher.class)
                    .run(
                            new RunRequest("numbers", Map.of(), false, false, new RunLimits(null, null, 1L)),
                            RunListener.NONE,
                            new StopSignal());
            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Stopped.class);
        }
    }

    private EtlHome datasource(String properties) {
        return home.configure("---\nspring: { datasource: { " + properties + " } }\n");
    }

    private String url(String more) {
        return "url: \"jdbc:h2:file:" + folder.resolve("data/db/etl") + more + "\"";
    }

    private List<String> tables() {
        return home.rows("select table_schema, table_name, row_count_estimate from information_schema.tables"
                + " where table_schema = 'PUBLIC' order by 2");
    }

    @Test
    void aSetUpThatNeverRanIsSilentAndStaysAsItIs() throws IOException {
        assertThat(examine()).isEmpty();
        try (var files = Files.list(folder.resolve("data"))) {
            assertThat(files).containsExactly(folder.resolve("data/input"));
        }
    }

    @Test
    void aMissingInputIsAWarningUnlessItIsArchivedOrOnlyAStartCanNameIt() throws IOException {
        Files.delete(folder.resolve("data/input/numbers.csv"));
        Finding finding = only(examine());
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what())
                .startsWith("Job 'numbers' could not read its input: ")
                .contains("numbers.csv does not exist");
        assertThat(finding.where()).isEqualTo("config/jobs/numbers.yml");

        home.job("numbers", Numbers.job("data/input/${date}.csv", 100, "0", "append", ""));
        assertThat(examine()).isEmpty();
        home.job("numbers", Numbers.job("data/input/numbers.csv", 100, "0", "append\n  archive: data/archive", ""));
        assertThat(examine()).isEmpty();
    }

    @Test
    void aHealthySetUpIsSilentBetweenRuns() {
        oneChunk();
        List<String> before = tables();
        assertThat(examine()).isEmpty();
        assertThat(tables()).isEqualTo(before);
        run();
        assertThat(examine()).isEmpty();
    }

    @Test
    void aDatabaseThatDoesNotAnswer() {
        datasource("url: \"jdbc:postgresql://127.0.0.1:1/etl?password=geheim\", username: etl, password: geheim");

        Finding finding = only(examine());

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.mayPass()).isTrue();
        assertThat(finding.what())
                .startsWith("The database of the job repository does not answer. It says: Connection to 127.0.0.1:1"
                        + " refused.");
        assertThat(finding.where()).isEqualTo("spring.datasource (jdbc:postgresql://127.0.0.1:1/etl)");
        assertThat(finding.action()).startsWith("Start it, or correct spring.datasource.url");
        assertThat(finding.toString()).doesNotContain("geheim");
    }

    @Test
    void aPasswordThatIsWrong() {
        run();
        datasource("password: geheim");

        Finding finding = only(examine());

        assertThat(finding.mayPass()).isFalse();
        assertThat(finding.what()).startsWith("The database of the job repository does not let the user in.");
        assertThat(finding.action())
                .isEqualTo("Correct spring.datasource.username in config/application.yml, or"
                        + " SPRING_DATASOURCE_PASSWORD in the environment");
        assertThat(finding.toString()).doesNotContain("geheim");
    }

    @Test
    void aFileThatH2DidNotMake() {
        home.write("data/db/etl.mv.db", "garbage\n".repeat(1_000));
        datasource("username: sa");

        Finding finding = only(examine());

        assertThat(finding.mayPass()).isFalse();
        assertThat(finding.what()).startsWith("The file of the job repository is damaged, or another version of H2");
        assertThat(finding.action()).contains("backup", "SCRIPT TO");
    }

    @Test
    void aRepositoryOfWhichATableIsMissing() {
        run();
        home.execute("drop table etl_lease");

        Finding finding = only(examine());

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.what()).isEqualTo("Tables of the job repository are missing: etl_lease");
        assertThat(finding.action())
                .startsWith("Restore them from a backup before the next start")
                .contains("schema-h2.sql");
    }

    /** The instances would be numbered anew, and new runs be taken for old ones that are published. */
    @Test
    void aRepositoryWithoutSpringBatchsTables() {
        run();
        home.execute("drop all objects");
        run();
        home.execute("drop table batch_step_execution_context, batch_job_execution_context, batch_step_execution,"
                + " batch_job_execution_params, batch_job_execution, batch_job_instance");

        assertThat(only(examine()).what())
                .startsWith("Tables of the job repository are missing: batch_job_instance, batch_job_execution");
    }

    @Test
    void aRepositoryThatIsSplit() {
        run();
        home.execute("create schema other");
        for (String table : home.tables("etl\\_%")) {
            home.execute("create table other." + table + " as select * from " + table);
            home.execute("drop table " + table);
        }

        Finding finding = only(examine());

        assertThat(finding.what())
                .isEqualTo("The tables of the job repository are split: etl_reject, etl_header, etl_replay,"
                        + " etl_checkpoint, etl_publication, etl_approval, etl_lease, etl_repository are in schema"
                        + " 'OTHER', the others are not");
        assertThat(finding.action()).startsWith("Move all of them into one schema");
    }

    @Test
    void aRepositoryOfAnotherVersionOfSpringBatch() {
        run();
        home.execute("alter table batch_job_execution_params drop column parameter_type");
        home.execute("drop sequence batch_job_instance_seq");

        Finding finding = only(examine());

        assertThat(finding.what())
                .isEqualTo("The tables of the job repository are those of another version, of Spring Batch or of this"
                        + " application: they lack batch_job_execution_params.parameter_type, batch_job_instance_seq");
        assertThat(finding.action()).contains("org/springframework/batch/core/migration");
    }

    @Test
    void aRepositoryThatKeepsNothing() {
        run();
        List<Finding> findings = examine(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return name.equals("jobRepository") ? new ResourcelessJobRepository() : bean;
            }
        });
        assertThat(only(findings).what())
                .isEqualTo(
                        "The job repository is Spring Batch's resourceless one: it forgets each run with its process");
    }

    @Test
    void aDatabaseInMemory() {
        datasource("url: \"jdbc:h2:mem:etl\"");
        Finding finding = only(examine());
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.what()).startsWith("The database of the job repository is in memory: nothing is kept");
    }

    @Test
    void settingsOfH2ThatDoNotKeepCommitsWhole() {
        run();
        datasource(url(";WRITE_DELAY=500"));
        assertThat(examine())
                .extracting(Finding::severity, Finding::what)
                .satisfiesExactly(
                        first -> assertThat(first.toList().toString()).startsWith("[WARNING, AUTO_SERVER is not set"),
                        second -> assertThat(second.toList().toString())
                                .startsWith("[ERROR, WRITE_DELAY is 500: a process that is killed may leave"));
    }

    @Test
    void aDatabaseThatCanOnlyBeRead() {
        run();
        datasource(url(";WRITE_DELAY=0;ACCESS_MODE_DATA=r"));
        assertThat(examine()).extracting(Finding::what).contains("The database can only be read");
    }

    @Test
    void transactionsThatBeginOtherwise() {
        run();
        datasource("hikari: { transaction-isolation: TRANSACTION_READ_UNCOMMITTED, auto-commit: false }");
        assertThat(examine())
                .extracting(Finding::what)
                .containsExactly(
                        "Connections do not commit by themselves: leases, stops and approvals would not be kept",
                        "The isolation level is READ UNCOMMITTED: what others roll back would be taken for real");
        datasource("hikari: { transaction-isolation: TRANSACTION_SERIALIZABLE, auto-commit: true }");
        Finding finding = only(examine());
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).startsWith("The isolation level is SERIALIZABLE: runs are tried again");
    }

    @Test
    void aClockThatIsAhead() {
        run();
        Clock late = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-90));
        Finding finding = only(examine(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return name.equals("clock") ? late : bean;
            }
        }));
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what())
                .matches("The clock of the database is 1 min (2\\d|30) s ahead of this machine's: times in reports.*");
        assertThat(finding.action()).contains("NTP");
    }

    @Test
    void aDiskThatIsFull() {
        List<Finding> findings = examine(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return name.equals("space") ? (Space) disk -> 1_000 : bean;
            }
        });
        assertThat(findings).extracting(Finding::severity, Finding::mayPass).hasSize(2);
        assertThat(findings.get(0).what()).isEqualTo("The disk has 1.0 kB left");
        assertThat(findings.get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.get(1).what()).startsWith("The disk has 1.0 kB left, the input of job 'numbers' has ");
        assertThat(findings.get(1).mayPass()).isTrue();
    }

    @Test
    void aFolderThatIsNone() {
        home.write("data/work", "");
        Finding finding = only(examine());
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.what())
                .isEqualTo("Of the folder of runs, " + folder + "/data/work is there and is no folder");
    }

    @Test
    void definitionsThatCannotBeUsed() {
        home.job("broken", "download:\n  - ulr: a\nprocess: { loads: [] }\n");
        home.job("elsewhere", "target: warehouse\n" + Numbers.job(100));
        home.job(
                "secrets",
                Numbers.job("http://h/${ETL_TEST_NOT_SET}/${date}?${file:secrets/none}", 1, "0", "append", ""));
        assertThat(examine())
                .extracting(finding -> finding.severity() + " " + finding.where() + ": " + finding.what())
                .contains(
                        "ERROR config/jobs/broken.yml:2:5: unknown key 'ulr', did you mean 'url'?",
                        "WARNING config/jobs/secrets.yml: ${ETL_TEST_NOT_SET} is not set in this environment",
                        "ERROR config/jobs/secrets.yml: ${file:secrets/none} cannot be read: there is no such file or folder",
                        "ERROR config/jobs/elsewhere.yml: There is no target 'warehouse'; config/application.yml has no"
                                + " etl.targets")
                .noneMatch(text -> text.contains("date"));
    }

    @Test
    void aTableThatDoesNotFit() {
        run();
        home.execute("alter table numbers drop column text");
        home.job(
                "other",
                Numbers.job(100).replace("table: numbers", "table: others").replace("create: true", "create: false"));
        assertThat(examine())
                .extracting(Finding::what)
                .anyMatch(what -> what.startsWith("Load 'numbers': table 'numbers' has no column 'text'; it has"))
                .anyMatch(what -> what.startsWith("Load 'others': there is no table 'others'."))
                .hasSize(2);
    }

    @Test
    void aDefinitionThatNoLongerFitsARunInProgress() {
        oneChunk();
        home.job("numbers", Numbers.job(100).replace("varchar(100)", "varchar(90)"));

        Finding finding = only(examine());

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.what())
                .isEqualTo("Execution 1 of job 'numbers' could not go on. The definition of the loads has changed since"
                        + " their rows were staged by execution 1");
        assertThat(finding.where()).isEqualTo("config/jobs/numbers.yml");
        assertThat(finding.action())
                .isEqualTo("Put it back and run the job again, or give the progress up: --job.restart=1 --start-over");
    }

    @Test
    void anInputThatIsAnotherOneAndADefinitionThatIsGone() throws IOException {
        oneChunk();
        home.write("data/input/numbers.csv", Numbers.file(251));
        assertThat(only(examine()).what()).contains("could not go on. The input ", "numbers.csv has changed: expected");

        Files.delete(folder.resolve("config/jobs/numbers.yml"));
        home.job("another", Numbers.job(100));
        assertThat(only(examine()).what())
                .isEqualTo("The definition of job 'numbers' is gone, and execution 1 of it is not complete");
    }

    @Test
    void aRunThatIsLeftBehind() {
        oneChunk();
        home.execute("update batch_job_execution set status = 'STARTED', end_time = null");
        home.execute(
                "update etl_lease set locked_by = 'pid 7 on elsewhere since 2026-11-24T02:00:00Z (otherkernel/1, 1)'");

        Finding finding = only(examine());

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what())
                .isEqualTo("Execution 1 of job 'numbers' was left STARTED by a process that is gone:"
                        + " pid 7 on elsewhere since 2026-11-24T02:00:00Z");
        assertThat(finding.action()).contains("--job.restart=1");
    }

    @Test
    void aRunThatEndsWhileItIsLookedAt() {
        run();
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            List<RunRows.Row> before = List.of(new RunRows.Row(1, 1, "numbers", "STARTED"));

            assertThat(new OwnerCheck(
                                    new Site(application.getBean(Target.class)),
                                    before,
                                    application.getBean(Leases.class))
                            .find())
                    .isEmpty();
        }
    }

    @Test
    void anApprovalThatNobodyGaveInTime() {
        home.job("numbers", Numbers.job(100) + "approve: { before: FINALIZE, expires: 2d }\n");
        assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Waiting.class);
        assertThat(examine()).isEmpty();
        home.execute("update etl_approval set expires_at = asked_at");

        Finding finding = only(examine());

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.what()).startsWith("Execution 1 of job 'numbers' waited for approval until ");
    }

    @Test
    void stagingTablesThatAreLeft() {
        run();
        String token = home.value("select token from etl_repository");
        home.execute("create table etl_stage_" + token + "_1_4_1 (id integer)");

        Finding finding = only(examine());

        assertThat(finding.what())
                .isEqualTo("Staging tables are left of runs that do not go on: etl_stage_" + token + "_1_4_1");
        assertThat(finding.action()).startsWith("'purge' removes them with their runs");
    }
}
