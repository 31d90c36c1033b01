package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.operate.Rollback;
import dev.etljar.operate.RollbackOutcome;
import dev.etljar.operate.RollbackRequest;
import dev.etljar.report.ListText;
import dev.etljar.report.StatusText;
import dev.etljar.repository.RunViews;
import dev.etljar.run.ExitCode;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Moments;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WatchedDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessResourceFailureException;

/** What was published is taken back: the table's rows are those before the load, and those that others wrote since. */
class RollbackIT {

    private static final String ROWS = "select id, text from t order by id";
    private static final String MARK = "update etl_publication set taken_back_at";

    @TempDir
    Path folder;

    @AfterEach
    void watchNothing() {
        WatchedDriver.watch(new WatchedDriver.Watch() {});
    }

    @ParameterizedTest
    @CsvSource({
        "H2, append",
        "H2, replace",
        "H2, upsert",
        "POSTGRESQL_NEWEST, append",
        "POSTGRESQL_NEWEST, replace",
        "POSTGRESQL_NEWEST, upsert",
        "POSTGRESQL_NEWEST, swap",
        "MARIADB_NEWEST, append",
        "MARIADB_NEWEST, replace",
        "MARIADB_NEWEST, upsert"
    })
    void theRowsAreThoseBeforeTheLoad(TestDatabase database, String mode) {
        try (EtlHome home = table(database)) {
            long first = load(home, "append", 10, 12, "first");
            List<String> before = home.rows(ROWS);
            long second = load(home, mode, mode.equals("append") ? 20 : 2, mode.equals("append") ? 29 : 11, "second");
            long third = load(home, "append", 300, 300, "third");
            home.execute("insert into t (id, text) values (100, 'other')");

            RollbackOutcome alone = rollback(home, first, false);
            if (!mode.equals("append")) {
                assertThat(alone.exitCode()).isEqualTo(ExitCode.WRONG);
                assertThat(alone.message())
                        .contains("execution " + second + " of job 't' in t (" + mode)
                        .contains("rollback " + first + " --cascade")
                        .doesNotContain("execution " + third);
            }
            assertThat(rollback(home, second, false).exitCode()).isEqualTo(ExitCode.COMPLETED);

            List<String> kept = mode.equals("append") ? List.of("1|own", "2|own", "3|own") : before;
            assertThat(home.rows(ROWS)).isEqualTo(plus(kept, "100|other", "300|third"));
            assertThat(rollback(home, second, false).message()).contains("taken back already");
            assertThat(home.rows(ROWS)).isEqualTo(plus(kept, "100|other", "300|third"));

            assertThat(home.tables("etl_image%")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "H2, replace",
        "H2, upsert",
        "POSTGRESQL_NEWEST, replace",
        "POSTGRESQL_NEWEST, upsert",
        "POSTGRESQL_NEWEST, swap",
        "MARIADB_NEWEST, replace",
        "MARIADB_NEWEST, upsert"
    })
    void aLaterLoadIsTakenBackWithItNewestFirst(TestDatabase database, String mode) {
        try (EtlHome home = table(database)) {
            List<String> before = home.rows(ROWS);
            long first = load(home, mode, 3, 5, "first");
            long second = load(home, mode, 4, 6, "second");

            RollbackOutcome would = ask(home, new RollbackRequest(first, true, true));
            assertThat(would.message()).startsWith("Would be taken back: execution " + second);
            assertThat(home.value("select count(*) from t where text = 'second'"))
                    .isEqualTo("3");

            RollbackOutcome outcome = rollback(home, first, true);

            assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(ExitCode.COMPLETED);
            assertThat(outcome.loads()).hasSize(2);
            assertThat(home.rows(ROWS)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void whatOthersDidToOverwrittenRowsStays(TestDatabase database) {
        try (EtlHome home = table(database)) {
            long merged = load(home, "upsert", 1, 5, "merged");
            home.execute("delete from t where id = 2");
            home.execute("update t set text = 'theirs', _load_id = null where id = 3");
            home.execute("update t set text = 'theirs', _load_id = null where id = 5");

            assertThat(rollback(home, merged, false).exitCode()).isEqualTo(ExitCode.COMPLETED);

            assertThat(home.rows(ROWS)).containsExactly("1|own", "3|theirs", "5|theirs");
        }
    }

    /** Rows and mark are one transaction, whatever happens around its commit. */
    @ParameterizedTest
    @CsvSource({"H2, false", "POSTGRESQL_NEWEST, false", "MARIADB_NEWEST, false", "POSTGRESQL_NEWEST, true"})
    void aFailureAroundTheCommitTakesBackAllOrNothing(TestDatabase database, boolean otherTarget) {
        String watched = "driver-class-name: " + WatchedDriver.class.getName() + "\n";
        try (EtlHome home = otherTarget
                ? table(EtlHome.withTargetOn(database, folder).configureTarget("      " + watched))
                : table(EtlHome.on(database, folder).configure("---\nspring.datasource." + watched))) {
            long replaced = load(home, "replace", 7, 9, "new");
            failAt(true);
            assertThat(rollback(home, replaced, false).exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(home.rows(ROWS)).containsExactly("7|new", "8|new", "9|new");

            failAt(false);
            assertThat(rollback(home, replaced, false).exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(home.rows(ROWS)).containsExactly("1|own", "2|own", "3|own");

            WatchedDriver.watch(new WatchedDriver.Watch() {});
            assertThat(rollback(home, replaced, false).message()).contains("taken back already");
            assertThat(status(home, replaced)).contains("TAKEN BACK: t", "Taken back");
        }
    }

    private static void failAt(boolean before) {
        WatchedDriver.watch(new WatchedDriver.Watch() {
            @Override
            public void committing(List<String> statements) {
                fail(before, statements);
            }

            @Override
            public void committed(List<String> statements) {
                fail(!before, statements);
            }
        });
    }

    private static void fail(boolean now, List<String> statements) {
        if (now && statements.stream().anyMatch(statement -> statement.strip().startsWith(MARK))) {
            throw new DataAccessResourceFailureException("the connection is lost");
        }
    }

    @Test
    void aRunThatDiedAfterItsPublicationIsGivenUpAndLoadedAnew() {
        try (EtlHome home = table(TestDatabase.H2)) {
            home.write("data/input/a.csv", file(7, 8, "new")).job("t", job("append"));
            RunOutcome failed = InProcessEtl.run(
                    folder,
                    "t",
                    new Moments(happened -> {
                        if (happened.equals("published FINALIZE")) {
                            throw new IllegalStateException("dies");
                        }
                    }),
                    new StopSignal());
            assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(home.rows(ROWS)).hasSize(5);

            assertThat(rollback(home, 1, false).exitCode()).isEqualTo(ExitCode.COMPLETED);
            assertThat(home.rows(ROWS)).hasSize(3);
            assertThat(home.tables("etl_stage%")).isEmpty();

            assertThat(InProcessEtl.run(home, "t")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(ROWS)).hasSize(5);
        }
    }

    @Test
    void theCommandSaysWhatItDidAndTheSameParametersLoadAgain() {
        try (EtlHome home = table(TestDatabase.H2)) {
            home.write("data/input/a.csv", file(7, 8, "new")).job("t", job("append"));
            assertThat(run(home, Map.of("date", "1"))).isInstanceOf(RunOutcome.Completed.class);

            EtlProcess.Result json = EtlProcess.run(home, "rollback", "1", "--format=json");
            assertThat(json.exitCode()).as(json.err()).isZero();
            assertThat(json.out()).contains("\"mode\" : \"append\"", "\"rows\" : 2");
            assertThat(home.rows(ROWS)).hasSize(3);
            assertThat(status(home, 1)).contains("TAKEN BACK: t", "Taken back");
            assertThat(home.read("data/work/t/1/report.txt")).contains("Taken back");
            assertThat(list(home)).contains("TAKEN BACK");

            assertThat(run(home, Map.of("date", "1"))).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(ROWS)).hasSize(5);
        }
    }

    @Test
    void whatCannotBeTakenBackIsWrongAndSaysWhy() {
        try (EtlHome home = table(TestDatabase.H2)) {
            assertThat(rollback(home, 1, false).message()).contains("There is no execution 1");
            home.write("data/input/a.csv", file(7, 8, "new"))
                    .job("t", job("replace").replace("table: t", "table: t, load-id-column: none"));
            assertThat(InProcessEtl.run(home, "t")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(rollback(home, 1, false).message()).contains("carry no load ID");
            assertThat(InProcessEtl.run(home, "t")).isInstanceOf(RunOutcome.NothingNew.class);
            assertThat(rollback(home, 2, false).message()).contains("has published nothing");
            long third = load(home, "replace", 1, 1, "a");
            load(home, "replace", 2, 2, "b");
            load(home, "replace", 3, 3, "c");
            assertThat(home.tables("etl_image%")).hasSize(2);

            RollbackOutcome tooOld = rollback(home, third, true);

            assertThat(tooOld.exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(tooOld.message()).contains("is not kept any more; 'finalize.keep'", "'run t --force'");
            assertThat(home.rows(ROWS)).containsExactly("3|c");
        }
    }

    @Test
    void aTableThatCannotHaveTheColumnIsLoadedAllTheSame() {
        try (EtlHome home = EtlHome.on(TestDatabase.POSTGRESQL_NEWEST, folder)) {
            home.execute(
                    "create type typed as (id integer, text varchar(10)); create table t of typed (primary key (id))");

            RunOutcome outcome = run(home, "upsert", 1, 2, "new");

            assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
            assertThat(Objects.requireNonNull(
                                    Objects.requireNonNull(outcome.summary()).publication())
                            .warnings())
                    .singleElement()
                    .asString()
                    .contains("cannot be taken back", "typed table");
            assertThat(home.rows(ROWS)).hasSize(2);
            assertThat(rollback(home, 1, false).exitCode()).isEqualTo(ExitCode.WRONG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"now() + interval '1 hour'", "now()"})
    void aJobThatRunsElsewhereIsLeftAlone(String until) {
        try (EtlHome home = table(TestDatabase.POSTGRESQL_NEWEST)) {
            long loaded = load(home, "append", 7, 8, "new");
            home.execute("update etl_lease set lock_until = timezone('utc', " + until
                    + "), locked_by = 'pid 7 on elsewhere since 2026-11-24T02:00:00Z (elsewhere, 1)'");

            RollbackOutcome outcome = rollback(home, loaded, false);

            boolean runs = !until.equals("now()");
            assertThat(outcome.exitCode())
                    .as(outcome.message())
                    .isEqualTo(runs ? ExitCode.RUNNING : ExitCode.COMPLETED);
            assertThat(home.rows(ROWS)).hasSize(runs ? 5 : 3);
        }
    }

    private EtlHome table(TestDatabase database) {
        return table(EtlHome.on(database, folder));
    }

    private static EtlHome table(EtlHome home) {
        home.execute("create table t (id integer not null primary key, text varchar(10))");
        home.execute("insert into t (id, text) values (1, 'own'), (2, 'own'), (3, 'own')");
        return home;
    }

    /** Loads and gives the execution's ID. */
    private static long load(EtlHome home, String mode, int first, int last, String text) {
        RunOutcome outcome = run(home, mode, first, last, text);
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        return Objects.requireNonNull(outcome.summary()).executionId();
    }

    private static RunOutcome run(EtlHome home, String mode, int first, int last, String text) {
        String target = home == home.repository() ? "" : "target: warehouse\n";
        home.write("data/input/a.csv", file(first, last, text)).job("t", target + job(mode));
        return InProcessEtl.run(home, "t");
    }

    private static RunOutcome run(EtlHome home, Map<String, String> parameters) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(home.root())) {
            return application
                    .getBean(Launcher.class)
                    .run(new RunRequest("t", parameters, false, false), RunListener.NONE, new StopSignal());
        }
    }

    private static String file(int first, int last, String text) {
        StringBuilder file = new StringBuilder("id,text\n");
        for (int id = first; id <= last; id++) {
            file.append(id).append(',').append(text).append('\n');
        }
        return file.toString();
    }

    private static String job(String mode) {
        return """
                download: [{ url: data/input/a.csv }]
                process:
                  loads:
                    - { files: "*.csv", table: t, columns: [{ name: id, type: integer, required: true }, { name: text, type: varchar(10) }] }
                finalize: { publish: %s%s }
                """.formatted(mode, mode.equals("upsert") ? ", key: [id]" : "");
    }

    private static RollbackOutcome rollback(EtlHome home, long execution, boolean cascade) {
        return ask(home, new RollbackRequest(execution, cascade, false));
    }

    private static RollbackOutcome ask(EtlHome home, RollbackRequest request) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(home.root())) {
            return Rollback.with(application, home.root()).run(request);
        }
    }

    private static String status(EtlHome home, long execution) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(home.root())) {
            Optional<RunSummary> summary = application.getBean(RunViews.class).execution(execution);
            return StatusText.of(summary.orElseThrow());
        }
    }

    private static String list(EtlHome home) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(home.root())) {
            return ListText.of(application.getBean(RunViews.class).newest(null, 10));
        }
    }

    private static List<String> plus(List<String> rows, String... more) {
        List<String> all = new ArrayList<>(rows);
        Stream.of(more).forEach(all::add);
        return all;
    }
}
