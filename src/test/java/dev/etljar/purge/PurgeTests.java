package dev.etljar.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.operate.Rollback;
import dev.etljar.operate.RollbackOutcome;
import dev.etljar.operate.RollbackRequest;
import dev.etljar.run.ExitCode;
import dev.etljar.run.RunOutcome;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WatchedDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Old runs go with all that was kept of them; whatever a restart, a rollback or a replay needs stays, and all else of other people. */
class PurgeTests {

    private static final int LAST_INSTANCE = 25;

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    private EtlHome home;
    private ConfigurableApplicationContext application;
    private History history;

    @BeforeEach
    void start() throws IOException {
        Path root = folder.resolve("home");
        copy(root);
        home = new EtlHome(root);
        application = InProcessEtl.open(root);
        history = new History(home, application);
    }

    /** The history is made once, and each test has a copy of it. */
    @BeforeAll
    static void makeHistory() throws Exception {
        EtlHome home = new EtlHome(made)
                .configure("spring.datasource.driver-class-name: " + WatchedDriver.class.getName() + "\n");
        try (ConfigurableApplicationContext application = InProcessEtl.open(made)) {
            new History(home, application).make();
            assertThat(home.value("select max(job_instance_id) from batch_job_instance"))
                    .isEqualTo(Integer.toString(LAST_INSTANCE));
        }
    }

    private static void copy(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.toList()) {
                Path copy = root.resolve(made.relativize(file));
                if (!Files.isDirectory(copy)) {
                    Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    /** Another copy takes the place of the one at hand. */
    private void another(String name) throws IOException {
        application.close();
        Path root = folder.resolve(name);
        copy(root);
        home = new EtlHome(root);
        application = InProcessEtl.open(root);
        history = new History(home, application);
    }

    @AfterEach
    void close() {
        WatchedDriver.watch(new WatchedDriver.Watch() {});
        application.close();
    }

    private PurgeOutcome purge(int keep, @Nullable String job, boolean dryRun) throws IOException {
        return Purge.with(application, home.root()).run(new PurgeRequest(Duration.ofDays(90), keep, job, dryRun));
    }

    private void ageAll() {
        for (int instance = 1; instance <= LAST_INSTANCE; instance++) {
            history.age(instance, 100);
        }
    }

    private List<String> instances() {
        return home.rows("select job_instance_id from batch_job_instance order by job_instance_id");
    }

    /** Whatever the ages are: what follows, and what is loaded in the end, is what it would have been without the purge. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nothingThatIsNeededGoes(long seed) throws Exception {
        List<String> ends = history.goOn();
        List<String> loaded = history.loaded();

        another("purged");
        Random random = new Random(seed);
        for (int instance = 1; instance <= LAST_INSTANCE; instance++) {
            history.age(instance, seed == 1 ? 100 : random.nextInt(180));
        }
        int keep = seed == 1 ? 0 : random.nextInt(4);
        Map<String, List<String>> rows = History.rows(home);
        List<String> files = History.files(home);
        PurgeOutcome told = purge(keep, null, true);
        assertThat(History.rows(home)).as("after a dry run").isEqualTo(rows);
        assertThat(History.files(home)).as("after a dry run").isEqualTo(files);

        PurgeOutcome outcome = purge(keep, null, false);

        assertThat(outcome.exitCode()).as(outcome.json()).isEqualTo(ExitCode.COMPLETED);
        assertThat(outcome.jobs()).isEqualTo(told.jobs());
        assertThat(outcome.removed().runs()).isPositive();
        assertNothingIsOrphaned();
        assertThat(purge(keep, null, false).removed()).isEqualTo(Removed.NOTHING);
        assertThat(history.goOn()).as("seed %d, %s", seed, outcome.json()).isEqualTo(ends);
        assertThat(history.loaded()).isEqualTo(loaded);
    }

    /** Each row, table and file is of a run of which the context is there, but for what is told of those that are complete. */
    private void assertNothingIsOrphaned() throws IOException {
        String whole = "(select e.job_instance_id from batch_job_execution e join batch_job_execution_context c"
                + " on c.job_execution_id = e.job_execution_id)";
        for (String table : List.of("etl_reject", "etl_header", "etl_replay", "etl_checkpoint", "etl_approval")) {
            assertThat(home.rows("select * from " + table + " where job_instance_id not in " + whole))
                    .as(table)
                    .isEmpty();
        }
        assertThat(home.rows("select * from etl_publication where taken_back_at is null and job_instance_id not in "
                        + whole))
                .isEmpty();
        TreeSet<String> wholeIds = new TreeSet<>(home.rows(whole));
        for (String table : home.tables("etl_image%")) {
            assertThat(wholeIds).contains(table.split("_", -1)[3]);
        }
        for (String file : History.files(home)) {
            if (file.matches("data/work/\\w+/\\d+/.*")) {
                assertThat(wholeIds).as(file).contains(file.split("/", -1)[3]);
            }
        }
    }

    @Test
    void oldRunsGoWithAllThatWasKeptOfThem() throws Exception {
        ageAll();

        PurgeOutcome outcome = purge(2, null, false);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(instances())
                .as(
                        "of loads: a refused replay's, published last, incomplete; of dated: lines; of replaced: images; waits")
                .containsExactly("3", "4", "10", "13", "14", "15", "16", "17", "18", "19", "23", "24", "25");
        assertThat(home.rows("select distinct job_instance_id from etl_reject order by 1"))
                .contains("3", "13")
                .doesNotContain("1", "2", "5");
        assertThat(home.tables("etl_image%")).hasSize(2);
        assertThat(home.exists("data/work/loads/1")).isFalse();
        assertThat(home.exists("data/archive/loads/1")).isFalse();
        assertThat(home.exists("data/archive/loads/3/1-loads.csv")).isTrue();
        assertThat(home.exists("data/work/dated/15")).isFalse();
        assertThat(outcome.lines().get(0)).startsWith("dated: 3 runs, ");
        assertThat(outcome.json()).contains("\"exitCode\":0", "\"running\":null");
    }

    @Test
    void numbersOfRunsAreNotGivenAgain() throws Exception {
        ageAll();
        String number = "select max(cast(p.parameter_value as integer)) from batch_job_execution_params p"
                + " join batch_job_execution e on e.job_execution_id = p.job_execution_id"
                + " join batch_job_instance i on i.job_instance_id = e.job_instance_id"
                + " where i.job_name = 'replaced' and p.parameter_name = 'run'";
        assertThat(history.run("replaced")).isInstanceOf(RunOutcome.NothingNew.class);
        int last = LAST_INSTANCE + 1;
        history.age(last, 100);
        String before = home.value(number);

        purge(0, null, false);

        assertThat(instances()).endsWith("24", "25", Integer.toString(last));
        assertThat(home.value("select count(*) from batch_step_execution s join batch_job_execution e"
                        + " on e.job_execution_id = s.job_execution_id where e.job_instance_id = " + last))
                .as("only its line is left")
                .isEqualTo("0");
        home.write("data/input/replaced.csv", "id,text,amount,sent\n7,x,1.0,2026-11-01\n");
        assertThat(history.run("replaced")).isInstanceOf(RunOutcome.Completed.class);
        assertThat(Integer.parseInt(home.value(number))).isEqualTo(Integer.parseInt(before) + 1);
        assertThat(instances()).endsWith(Integer.toString(last + 1));
    }

    @Test
    void whatIsSomebodyElsesStays() throws Exception {
        ageAll();
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("theirs.txt"), "theirs");
        Path data = home.root().resolve("data");
        Files.createSymbolicLink(data.resolve("work/loads/5/link"), outside);
        Files.createSymbolicLink(data.resolve("work/loads/5/file"), outside.resolve("theirs.txt"));
        Path workspace = data.resolve("work/loads/6");
        Files.move(workspace, outside.resolve("six"));
        Files.createSymbolicLink(workspace, outside.resolve("six"));
        home.write("data/archive/loads/5/2-theirs.csv", "theirs");
        home.write("data/archive/loads/6/1-loads.csv", "theirs");
        Files.move(data.resolve("archive/loads/7"), outside.resolve("seven"));
        Files.createSymbolicLink(data.resolve("archive/loads/7"), outside.resolve("seven"));

        PurgeOutcome outcome = purge(2, "loads", false);

        assertThat(outcome.exitCode()).as(outcome.json()).isEqualTo(ExitCode.COMPLETED);
        assertThat(instances()).doesNotContain("5", "6", "7").contains("15");
        assertThat(outside.resolve("theirs.txt")).hasContent("theirs");
        assertThat(outside.resolve("six/report.txt")).exists();
        assertThat(outside.resolve("seven/1-loads.csv")).exists();
        assertThat(workspace).doesNotExist();
        assertThat(home.read("data/archive/loads/5/2-theirs.csv")).isEqualTo("theirs");
        assertThat(home.exists("data/archive/loads/5/1-loads.csv")).isFalse();
        assertThat(home.read("data/archive/loads/6/1-loads.csv")).isEqualTo("theirs");
    }

    @Test
    void aWorkspaceBehindALinkLeavesTheJobAsItIs() throws Exception {
        ageAll();
        Path jobs = home.root().resolve("data/work/replaced");
        Files.move(jobs, folder.resolve("elsewhere"));
        Files.createSymbolicLink(jobs, folder.resolve("elsewhere"));

        PurgeOutcome outcome = purge(0, null, false);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.problems()).hasSize(1);
        assertThat(outcome.problems().get(0))
                .startsWith("Job 'replaced' was left as it is: ")
                .contains("is a link");
        assertThat(folder.resolve("elsewhere/20/report.txt")).exists();
        assertThat(instances()).as("other jobs are purged").contains("20").doesNotContain("1");
    }

    @Test
    void aJobThatIsRunningIsPassedOver() throws Exception {
        ageAll();
        String mine = home.value("select locked_by from etl_lease where name = 'loads'");
        String other =
                mine.replaceFirst("pid \\d+", "pid 1").replaceFirst(", \\d+\\)$", ", " + startOfProcessOne() + ")");
        home.execute("update etl_lease set lock_until = timestamp '2999-01-01 00:00:00', locked_by = '" + other
                + "' where name = 'loads'");

        PurgeOutcome outcome = purge(0, null, false);

        assertThat(outcome.exitCode()).as(outcome.json()).isEqualTo(ExitCode.COMPLETED);
        assertThat(outcome.lines()).anyMatch(line -> line.startsWith("loads: passed over, it is running: pid 1 on"));
        assertThat(instances()).contains("1").doesNotContain("20");
    }

    private static String startOfProcessOne() throws IOException {
        String stat = Files.readString(Path.of("/proc/1/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    }

    @Test
    void aLeaseThatNobodyHoldsGoesWhereTheJobHasNoRuns() throws Exception {
        home.execute(
                "insert into etl_lease values ('gone', timestamp '2020-01-01 00:00:00', timestamp '2020-01-01 00:00:00', 'x')");
        home.execute(
                "insert into etl_lease values ('held', timestamp '2999-01-01 00:00:00', timestamp '2020-01-01 00:00:00', 'x')");
        home.execute("update etl_lease set lock_until = timestamp '2020-01-01 00:00:00' where name = 'loads'");

        assertThat(purge(0, null, true).removed()).isEqualTo(Removed.rows(1));
        PurgeOutcome outcome = purge(0, null, false);
        assertThat(outcome.removed()).isEqualTo(Removed.rows(1));
        assertThat(outcome.lines()).first().asString().startsWith("Leases of jobs without runs: 0 runs, 1 row, ");
        assertThat(outcome.json()).contains("\"leases\":1");

        assertThat(home.rows("select name from etl_lease"))
                .contains("held", "loads")
                .doesNotContain("gone");
    }

    @Test
    void aJobWithoutADefinitionIsLeftAndNamed() throws Exception {
        ageAll();
        Files.delete(home.root().resolve("config/jobs/replaced.yml"));

        PurgeOutcome outcome = purge(0, null, false);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.problems().get(0)).contains("'replaced'", "config/jobs/replaced.yml: there is no such file");
        assertThat(instances()).contains("20").doesNotContain("1");
        assertThat(purge(0, "load", false).wrong()).contains("did you mean 'loads'?");
    }

    @Test
    void aTargetThatIsNotReachedLeavesItsJobWhole() throws Exception {
        ageAll();
        application.close();
        home.configure("""
                        ---
                        etl.targets.warehouse:
                          url: "jdbc:postgresql://127.0.0.1:1/x"
                          hikari: { connection-timeout: 500 }
                        """).job("replaced", "target: warehouse\n" + home.read("config/jobs/replaced.yml"));
        application = InProcessEtl.open(home.root());

        PurgeOutcome outcome = purge(0, null, false);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.problems())
                .singleElement()
                .asString()
                .startsWith("Job 'replaced' was left as it is: The target 'warehouse' cannot be used. ");
        assertThat(instances()).contains("20", "21", "22").doesNotContain("1");
        assertThat(home.exists("data/work/replaced/20/report.txt")).isTrue();
    }

    @Test
    void manyRunsAreManyTransactions() throws Exception {
        home.execute(
                "insert into batch_job_instance select x, 0, 'replaced', 'key' || x from system_range(1001, 1500)");
        home.execute(
                "insert into batch_job_execution (job_execution_id, version, job_instance_id, create_time, end_time,"
                        + " status) select x, 0, x, current_date, date '2020-01-01', 'COMPLETED' from system_range(1001, 1500)");
        home.execute("insert into batch_job_execution_params select x, 'run', 'java.lang.Long', x, 'Y'"
                + " from system_range(1001, 1500)");
        home.execute("insert into batch_job_execution_context select x, '{}', null from system_range(1001, 1500)");
        int[] largest = {0};
        WatchedDriver.watch(new WatchedDriver.Watch() {
            @Override
            public void committed(List<String> statements) {
                largest[0] = Math.max(largest[0], statements.size());
            }
        });

        assertThat(purge(5, "replaced", false).removed().runs()).isEqualTo(495);

        assertThat(largest[0]).isBetween(5, 50);
        assertThat(home.value("select count(*) from batch_job_execution_params where job_execution_id > 1000"))
                .isEqualTo("5");
    }

    /** Killed before each write and around each commit, and given again, it ends in the same state. */
    @Test
    void aKillAtAnyMomentChangesNothingOfTheEnd() throws Exception {
        ageAll();
        purge(7, "loads", false);
        purge(1, "dated", false);
        Map<String, List<String>> rows = History.rows(home);
        List<String> files = History.files(home);

        another("killed");
        ageAll();
        int kills = purgeWithKills(7, "loads") + purgeWithKills(1, "dated");

        assertThat(History.rows(home)).isEqualTo(rows);
        assertThat(History.files(home)).isEqualTo(files);
        assertThat(kills).isGreaterThan(100);
    }

    /** The rows of an earlier publication cannot come away from under one that replaced them, though its run is gone. */
    @Test
    void aPublicationStaysKnownAsLongAsOneBeforeItIsThere() throws Exception {
        String from = "data/input/shared.csv";
        home.job("first", Numbers.job(from, 10, "0", "append", "").replace("table: numbers", "table: shared"))
                .job("then", Numbers.job(from, 10, "0", "replace", "").replace("table: numbers", "table: shared"));
        for (String job : List.of("first", "then", "then", "then", "then")) {
            home.write(from, Numbers.file(instances().size()));
            assertThat(history.run(job)).isInstanceOf(RunOutcome.Completed.class);
        }
        List<String> before = home.rows("select id from shared order by id");
        for (int instance = LAST_INSTANCE + 1; instance <= LAST_INSTANCE + 5; instance++) {
            history.age(instance, 100);
        }

        assertThat(purge(0, "then", false).removed().runs()).isEqualTo(2);

        assertThat(home.rows("select job_instance_id from etl_publication where job_name = 'then' order by id"))
                .as("the first one tells, for all")
                .containsExactly("27", "29", "30");
        RollbackOutcome refused = Rollback.with(application, home.root())
                .run(new RollbackRequest(history.newestExecution("first"), true, false));
        assertThat(refused.exitCode()).as(refused.message()).isEqualTo(ExitCode.WRONG);
        assertThat(home.rows("select id from shared order by id")).isEqualTo(before);
        assertThat(purge(0, "then", false).removed()).isEqualTo(Removed.NOTHING);

        home.execute("update etl_publication set taken_back_at = current_timestamp where job_name = 'first'");
        assertThat(purge(0, "then", false).removed()).isEqualTo(Removed.rows(1));
    }

    /** Also where no transaction spans what is to go, since the target is another database. */
    @Test
    void aKillBetweenTwoDatabasesChangesNothingOfTheEnd() throws Exception {
        elsewhere("one");
        assertThat(purge(0, null, false).removed().runs()).isEqualTo(3);
        Map<String, Integer> target = History.counts(home);
        Map<String, Integer> repository = History.counts(home.repository());
        List<String> files = History.files(home);

        elsewhere("two");
        assertThat(purgeWithKills(0, null)).isGreaterThan(50);

        assertThat(target).containsEntry("etl_publication", 2).containsEntry("etl_replay", 0);
        assertThat(History.counts(home)).isEqualTo(target);
        assertThat(History.counts(home.repository())).isEqualTo(repository);
        assertThat(History.files(home)).isEqualTo(files);
    }

    private void elsewhere(String name) {
        application.close();
        String watched = "driver-class-name: " + WatchedDriver.class.getName() + "\n";
        home = EtlHome.withTargetOn(TestDatabase.H2, folder.resolve(name))
                .configureTarget("      " + watched)
                .configure("---\nspring.datasource." + watched);
        application = InProcessEtl.open(home.root());
        history = new History(home, application);
        history.makeElsewhere();
        for (int instance = 1; instance <= 5; instance++) {
            history.age(instance, 100);
        }
    }

    private int purgeWithKills(int keep, @Nullable String job) throws IOException {
        int kills = 0;
        int moment = 1;
        while (true) {
            List<String> before = instancesWithContext();
            Death death = new Death(moment);
            WatchedDriver.watch(death);
            try {
                PurgeOutcome outcome = purge(keep, job, false);
                WatchedDriver.watch(new WatchedDriver.Watch() {});
                assertThat(outcome.exitCode()).as(outcome.json()).isEqualTo(ExitCode.COMPLETED);
                if (!death.died) {
                    return kills;
                }
            } catch (Killed e) {
                WatchedDriver.watch(new WatchedDriver.Watch() {});
            }
            kills++;
            // What is done is not done again: the moments after it have come nearer.
            moment = before.equals(instancesWithContext()) ? moment + 1 : 1;
        }
    }

    private List<String> instancesWithContext() {
        return home.repository()
                .rows("select job_execution_id from batch_job_execution_context order by job_execution_id");
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** From its moment on nothing more is done. */
    private static final class Death implements WatchedDriver.Watch {

        private final int moment;
        private int moments;
        private boolean died;

        Death(int moment) {
            this.moment = moment;
        }

        private void pass() {
            if (++moments >= moment) {
                died = true;
                throw new Killed();
            }
        }

        /** A kill before a look is one after what was written last; files are removed between two looks at the lease. */
        @Override
        public void preparing(String sql, Connection connection) {
            if (!sql.startsWith("select") || sql.endsWith("for update") || died) {
                pass();
            }
        }

        @Override
        public void executed(String sql) {
            pass();
        }

        @Override
        public void committing(List<String> statements) {
            pass();
        }

        @Override
        public void committed(List<String> statements) {
            pass();
        }
    }
}
