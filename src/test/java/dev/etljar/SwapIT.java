package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.job.DefinitionReader;
import dev.etljar.repository.JobTargets;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Problem;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.HaltingEtl;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Moments;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WatchedDriver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A staging table that takes the place of its target: no row is copied, and nothing of the old table is lost in silence. */
class SwapIT {

    private static final int RECORDS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STAGED_FILE =
            "select relfilenode from pg_class where relname like 'etl_stage%' and relkind = 'r'"
                    + " and relnamespace = current_schema()::regnamespace";
    private static final String FILE = "select relfilenode from pg_class where oid = 'numbers'::regclass";

    /** What makes a table up, but for the file that it is in. */
    private static final List<String> STRUCTURE = List.of(
            "select attname, format_type(atttypid, atttypmod), attnotnull, attstorage, attacl,"
                    + " col_description(attrelid, attnum) from pg_attribute"
                    + " where attrelid = 'numbers'::regclass and attnum > 0 and not attisdropped order by attnum",
            "select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = 'numbers'::regclass order by 1",
            "select conname, contype, pg_get_constraintdef(oid), obj_description(oid, 'pg_constraint')"
                    + " from pg_constraint where conrelid = 'numbers'::regclass order by 1",
            "select pg_get_indexdef(indexrelid), obj_description(indexrelid, 'pg_class') from pg_index"
                    + " where indrelid = 'numbers'::regclass order by 1",
            "select relowner::regrole, (select string_agg(cast(a as text), ' ' order by cast(a as text)) from unnest(relacl) a), reloptions,"
                    + " obj_description(oid, 'pg_class') from pg_class where oid = 'numbers'::regclass");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_OLDEST", "POSTGRESQL_NEWEST"})
    void aNewTableIsTheStagingTableAndIsAsItWouldHaveBeenMade(TestDatabase database) {
        try (EtlHome home = numbers(database, "upsert\n  key: [id]")) {
            List<String> staged = new ArrayList<>();

            assertThat(run(home, moment("ended VALIDATE", () -> staged.add(home.value(STAGED_FILE)))))
                    .isInstanceOf(RunOutcome.Completed.class);

            assertThat(home.value(FILE)).isEqualTo(staged.get(0));
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
            List<String> structure = structure(home);
            home.execute("drop table numbers");
            home.execute("create table numbers (id integer not null, text varchar(100), amount numeric(10, 1),"
                    + " sent date, _load_id bigint, primary key (id))");
            assertThat(structure).isEqualTo(structure(home));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_OLDEST", "POSTGRESQL_NEWEST"})
    void aSwappedTableKeepsAllThatMakesItUp(TestDatabase database) {
        try (EtlHome home = numbers(database, "swap")) {
            String reader = "reader_" + home.address().schema();
            home.execute("create table kinds (code varchar(100) primary key)");
            home.execute("create table numbers (id integer constraint \"Odd key\" primary key, text varchar(100),"
                    + " amount numeric(10, 1) default 7 check (amount >= 0), sent date not null,"
                    + " more text default 'x', doubled integer generated always as (id * 2) stored, _load_id bigint,"
                    + " constraint u unique (id, sent) deferrable, constraint no_kind foreign key (more) references kinds)"
                    + " with (fillfactor = 90)");
            home.execute("create index by_text on numbers (lower(text) desc, sent) where amount > 1");
            home.execute("comment on table numbers is 'it''s all'; comment on column numbers.id is 'key'");
            home.execute("comment on index by_text is 'found'; comment on constraint u on numbers is 'once'");
            home.execute("create role " + reader + "; grant select, update (text) on numbers to " + reader
                    + " with grant option; grant insert on numbers to public");
            home.execute(
                    "insert into kinds values ('x'); insert into numbers (id, sent) values (-1, now()), (1, now())");
            List<String> structure = structure(home);
            List<String> staged = new ArrayList<>();

            RunOutcome outcome = run(home, moment("ended VALIDATE", () -> staged.add(home.value(STAGED_FILE))));
            List<String> after = structure(home);
            String file = home.value(FILE);
            home.execute("drop owned by " + reader + "; drop role " + reader);

            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(file).isEqualTo(staged.get(0));
            assertThat(after).isEqualTo(structure);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
            assertThat(home.value("select count(*) from numbers where more = 'x' and doubled = id * 2"))
                    .isEqualTo(Integer.toString(RECORDS));
            assertThat(home.value("select mode from etl_publication")).isEqualTo("swap");
        }
    }

    /** What is bound to the table, how it is named, and how it goes again. */
    private static final List<String> BOUND = List.of(
            "create view v as select id from numbers -> view v -> drop view v",
            "create materialized view v as select id from numbers -> materialized view v -> drop materialized view v",
            "create table other (id integer references numbers) -> constraint other_id_fkey on table other"
                    + " -> drop table other",
            "alter table numbers add constraint own foreign key (own) references numbers"
                    + " -> constraint own on table numbers -> alter table numbers drop constraint own",
            "create table other (n numbers) -> column n of table other -> drop table other",
            "alter table numbers add s serial -> sequence numbers_s_seq -> alter table numbers drop s",
            "alter table numbers add i integer generated always as identity -> sequence numbers_i_seq"
                    + " -> alter table numbers drop i",
            "create function f() returns trigger language plpgsql as 'begin return new; end';"
                    + " create trigger g after insert on numbers execute function f()"
                    + " -> trigger g on table numbers -> drop function f() cascade",
            "create rule r as on delete to numbers do instead nothing -> rule r on table numbers"
                    + " -> drop rule r on numbers",
            "alter table numbers enable row level security -> its row level security"
                    + " -> alter table numbers disable row level security",
            "create policy p on numbers using (true) -> policy p on table numbers -> drop policy p on numbers",
            "create table child () inherits (numbers) -> table child -> drop table child");

    @Test
    void whatWouldNotComeAlongIsNamedAndNothingStarts() {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, "swap")) {
            home.execute("create table numbers (id integer primary key, text text, amount numeric, sent date,"
                    + " own integer default 1 check (own > 0))");
            home.execute("create index part on numbers (id) where amount > 1");
            try (ConfigurableApplicationContext application = InProcessEtl.open(home.root())) {
                assertThat(check(home, application)).isEmpty();
                for (String bound : BOUND) {
                    String[] parts = bound.split(" -> ", -1);
                    home.execute(parts[0]);
                    assertThat(check(home, application))
                            .singleElement()
                            .asString()
                            .contains("would not come along: " + parts[1] + ". Use 'publish: replace'");
                    home.execute(parts[2]);
                }
            }
            home.execute("create view v as select id from numbers");

            RunOutcome outcome = InProcessEtl.run(home, "numbers");

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(outcome.message()).contains("would not come along: view v");
        }
    }

    private static List<String> check(EtlHome home, ConfigurableApplicationContext application) {
        return application
                .getBean(JobTargets.class)
                .problems(new DefinitionReader(home.root()).read("numbers"))
                .stream()
                .map(Problem::message)
                .toList();
    }

    @Test
    void whereARenameIsACommitSwapIsRefused() {
        EtlHome home = numbers(TestDatabase.H2, "swap");

        EtlProcess.Result check = EtlProcess.run(home, "check", "numbers");

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).contains("'publish: swap'", "on H2 a rename is a commit", "'publish: replace'");
        assertThat(home.exists("data/db")).as("touches nothing").isFalse();
        assertThat(InProcessEtl.run(home, "numbers").exitCode()).isEqualTo(ExitCode.WRONG);
        home.configure("etl.targets.warehouse.url: jdbc:mariadb://127.0.0.1:1/never-asked\n")
                .job("numbers", "target: warehouse\n" + home.read("config/jobs/numbers.yml"));
        try (ConfigurableApplicationContext application = InProcessEtl.open(home.root())) {
            assertThat(application.getBean(JobTargets.class))
                    .extracting(checks -> checks.problems(new DefinitionReader(home.root()).read("numbers")))
                    .asString()
                    .contains("on MariaDB a rename is a commit");
        }
    }

    @Test
    void aViewMadeWhileTheRunWasUnderWayKeepsTheOldTable() {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, "swap")) {
            home.execute("create table numbers (id integer, text text, amount numeric, sent date)");
            home.execute("insert into numbers values (-1, 'old', 1, now())");

            RunOutcome outcome = run(
                    home, moment("ended VALIDATE", () -> home.execute("create view late as select id from numbers")));

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(outcome.message()).contains("view late").contains("nothing was published");
            assertThat(home.value("select id from late")).isEqualTo("-1");
            assertThat(home.staged()).isEqualTo(RECORDS);

            home.execute("drop view late");
            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        }
    }

    @Test
    void aTableAlteredWhileTheRunWasUnderWayIsNotReplacedByItsOldSelf() {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, "swap")) {
            home.execute("create table numbers (id integer, text text, amount numeric, sent date)");

            RunOutcome outcome =
                    run(home, moment("ended VALIDATE", () -> home.execute("alter table numbers add more integer")));

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(outcome.message()).contains("is not what it was").contains("--start-over");
            assertThat(home.value("select count(*) from numbers where more is null"))
                    .isEqualTo("0");
        }
    }

    @Test
    void rowsThatAConstraintRefusesLeaveTheOldTable() {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, "swap")) {
            home.execute("create table numbers (id integer check (id < " + RECORDS
                    + "), text text, amount numeric, sent date)");
            home.execute("insert into numbers values (-1, 'old', 1, now())");

            RunOutcome outcome = InProcessEtl.run(home, "numbers");

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(outcome.message()).contains("constraint of a target table");
            assertThat(home.rows("select id from numbers")).containsExactly("-1");
            assertThat(home.staged()).isEqualTo(RECORDS);
        }
    }

    /** The index of the old table is built on the new one, one slow row after the other. */
    @Test
    void aStopEndsTheBuildingOfAnIndex() {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, "swap")) {
            home.execute("create function slow(n integer) returns integer immutable language plpgsql as"
                    + " 'begin perform pg_sleep(0.2); return n; end'");
            home.execute("create table numbers (id integer, text text, amount numeric, sent date)");
            home.execute("create index slowly on numbers (slow(id))");
            StopSignal stop = new StopSignal();
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> {
                await().atMost(PATIENCE)
                        .until(() -> home.value("select count(*) from pg_stat_activity where query like 'create index%'"
                                        + " and state = 'active' and wait_event = 'PgSleep'")
                                .equals("1"));
                stop.request();
            });

            RunOutcome outcome = InProcessEtl.run(home.root(), "numbers", RunListener.NONE, stop);

            stopping.join();
            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Stopped.class);
            assertThat(home.value("select count(*) from numbers")).isEqualTo("0");
            home.execute("drop index slowly");
            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
        }
    }

    @Test
    void twoJobsThatMakeTheSameTableAtOnceBothArrive() throws Exception {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, "append")) {
            home.job(
                    "others",
                    home.read("config/jobs/numbers.yml").replace("data/input/numbers.csv", "data/input/others.csv"));
            home.write("data/input/others.csv", Numbers.file(RECORDS));
            CyclicBarrier both = new CyclicBarrier(2);
            RunListener atOnce = moment("ended VALIDATE", () -> meet(both));

            CompletableFuture<RunOutcome> other = CompletableFuture.supplyAsync(
                    () -> InProcessEtl.run(home.root(), "others", atOnce, new StopSignal()));
            RunOutcome one = run(home, atOnce);

            assertThat(one).as(one.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(other.get()).as(other.get().message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.value("select count(*) from numbers")).isEqualTo(Integer.toString(2 * RECORDS));
        }
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody else knows nothing of turns: the catalogue's unique index decides, and the next attempt finds the table. */
    @Test
    void aTableThatSomebodyElseMakesMeanwhileIsLoadedInto() throws SQLException {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, "append");
                Connection other = home.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("create table numbers (id integer, text text, amount numeric(10, 1), sent date)");
            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> {
                await().atMost(PATIENCE)
                        .until(() -> home.value("select count(*) from pg_stat_activity where query like 'create table%'"
                                        + " and wait_event_type = 'Lock'")
                                .equals("1"));
                commit(other);
            });

            RunOutcome outcome = InProcessEtl.run(home, "numbers");

            commit.join();
            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        }
    }

    /** Such as that of a process that sleeps in the middle of a COPY, which no timeout of the server's ends. */
    @Test
    void whoSleepsInTheMiddleOfStagingIsNotWaitedFor() throws SQLException {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, "append").configure("---\netl.lease: 2s\n");
                Connection asleep = home.connect();
                Statement statement = asleep.createStatement()) {
            asleep.setAutoCommit(false);

            RunOutcome outcome = run(
                    home,
                    moment(
                            "ended VALIDATE",
                            () -> execute(
                                    statement,
                                    "delete from " + home.tables("etl_stage%").get(0) + " where false")));

            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        }
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "swap"})
    void deathAroundTheCommitPublishesOnceOrNot(String publish) {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, publish)
                .configure("---\nspring.datasource.driver-class-name: " + WatchedDriver.class.getName() + "\n")) {
            if (publish.equals("swap")) {
                home.execute("create table numbers (id integer, text text, amount numeric(10, 1), sent date)");
            }

            assertThat(HaltingEtl.run(home, "before commit 1 of insert into etl_publication"))
                    .isEqualTo(HaltingEtl.KILLED);
            await().atMost(PATIENCE).until(() -> home.staged() == RECORDS);
            assertThat(home.tables("numbers")).hasSize(publish.equals("swap") ? 1 : 0);

            assertThat(HaltingEtl.run(home, "after commit 1 of insert into etl_publication"))
                    .isEqualTo(HaltingEtl.KILLED);
            assertThat(home.tables("etl_stage%")).isEmpty();

            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
            assertThat(home.value("select count(*) from etl_publication")).isEqualTo("1");
        }
    }

    @Test
    void aTableOfAnotherSchemaIsSwappedWithTheRightsThatNewTablesHaveThere() throws Exception {
        try (EtlHome home = numbers(TestDatabase.POSTGRESQL_NEWEST, "swap");
                var other = TestDatabase.POSTGRESQL_NEWEST.newSchema()) {
            home.job(
                    "numbers",
                    home.read("config/jobs/numbers.yml")
                            .replace("table: numbers", "table: " + other.name() + ".numbers"));
            home.execute("alter default privileges in schema " + other.name() + " grant select on tables to public");

            for (int records : new int[] {RECORDS, 10}) {
                home.write("data/input/numbers.csv", Numbers.file(records));
                assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
                assertThat(home.rows(Numbers.SELECT.replace("numbers", other.name() + ".numbers")))
                        .isEqualTo(Numbers.rows(records));
                assertThat(home.value(
                                "select relacl from pg_class where oid = '" + other.name() + ".numbers'::regclass"))
                        .contains(",=r/");
            }
        }
    }

    private EtlHome numbers(TestDatabase database, String publish) {
        return EtlHome.on(database, folder)
                .job(
                        "numbers",
                        Numbers.job("data/input/numbers.csv", 500, "0", publish, "")
                                + "retry: { attempts: 3, pause: 10ms }\n")
                .write("data/input/numbers.csv", Numbers.file(RECORDS));
    }

    private static RunOutcome run(EtlHome home, RunListener listener) {
        return InProcessEtl.run(home.root(), "numbers", listener, new StopSignal());
    }

    private static RunListener moment(String moment, Runnable action) {
        Consumer<String> act = happened -> {
            if (happened.equals(moment)) {
                action.run();
            }
        };
        return new Moments(act);
    }

    private static List<String> structure(EtlHome home) {
        return STRUCTURE.stream().flatMap(query -> home.rows(query).stream()).toList();
    }
}
