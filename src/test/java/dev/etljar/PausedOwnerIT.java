package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.report.RunReport;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.EtlProcess.Result;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.PausingEtl;
import dev.etljar.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An owner that is paused for longer than its lease lasts, as a machine is that is suspended or swaps: another start takes
 * the job over, and the one that wakes up writes nothing more. {@code -Detl.test.paused-owners=20} makes it large,
 * {@code -Detl.test.seed=…} repeats one.
 */
class PausedOwnerIT {

    private static final int PAUSES = Integer.getInteger("etl.test.paused-owners", 2);
    private static final long SEED = Long.getLong("etl.test.seed", new Random().nextLong());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORDS = 5_000;
    /** Rows and checkpoint are one statement on PostgreSQL, or several in a transaction. */
    private static final int SMALL_CHUNK = 20;

    private static final int LARGE_CHUNK = 60;
    private static final List<String> PHASES = List.of("PROCESS", "VALIDATE", "FINALIZE");

    /** Two processes' heartbeats, and what the owner itself comes to. */
    private static final int HEARTBEATS_AND_OWNER = 3;

    private static final String COLUMNS = "(id integer, text varchar(100), amount decimal(10,1), sent date)";

    @TempDir
    Path folder;

    /** Phases in turn, moments at random; the owner wakes up after its successor has ended, or beside it. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void theWokenOwnerCommitsNothingMore(TestDatabase database) {
        System.out.println("Paused owners: " + database + ": " + PAUSES + ", seed " + SEED);
        Random random = new Random(SEED);
        int first = random.nextInt(PHASES.size());
        for (int i = 0; i < PAUSES; i++) {
            String phase = PHASES.get((i + first) % PHASES.size());
            try (EtlHome home = slowHome(database, "random-" + i)) {
                pauseAndTakeOver(home, database, phase, random);
            }
        }
    }

    private static void pauseAndTakeOver(EtlHome home, TestDatabase database, String phase, Random random) {
        try (EtlProcess owner = EtlProcess.start(home, "--job.name=numbers")) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> home.isAt(phase));
            // A phase lasts a second, of which a busy machine may take some.
            long delay = random.nextLong(300);
            boolean beside = random.nextBoolean();
            String what = "paused " + delay + " ms after the begin of " + phase + (beside ? ", woken beside" : "");
            assertThat(owner.endsWithin(Duration.ofMillis(delay))).as(what).isFalse();
            owner.signal("STOP");
            awaitEndOfLease(home, database);

            try (EtlProcess successor = EtlProcess.start(home, "--job.name=numbers")) {
                if (beside) {
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> !successor.isAlive() || hasLease(home, successor));
                    boolean unused = successor.endsWithin(Duration.ofMillis(random.nextLong(500)));
                } else {
                    assertThat(successor.await().exitCode())
                            .as(what + "\n" + successor.await())
                            .isZero();
                    assertExactlyOnce(home, what);
                }
                owner.signal("CONT");

                Result woken = owner.await();
                Result other = successor.await();
                String both = what + "\n" + woken + "\n" + other;
                System.out.println(
                        "Paused owner, " + what + ": " + woken.exitCode() + ", successor " + other.exitCode());
                assertThat(Set.of(0, 6)).as(both).contains(woken.exitCode(), other.exitCode());
                assertThat(woken.exitCode() * other.exitCode()).as(both).isZero();
                assertExactlyOnce(home, both);
            }
        }
    }

    /** At exact moments, the worst ones between a commit and the note of it; the owner sleeps until all is over. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "started PROCESS",
                "progressed PROCESS",
                "ended VALIDATE",
                "started FINALIZE",
                "published FINALIZE"
            })
    void theOwnerWakesUpWhenItsSuccessorHasPublished(String moment) {
        try (EtlHome home = quickHome("2s");
                EtlProcess owner = PausingEtl.start(home, moment)) {
            awaitPause(owner);
            awaitEndOfLease(home, TestDatabase.POSTGRESQL_NEWEST);
            RunOutcome successor =
                    InProcessEtl.run(home.root(), "numbers", new RunReport(Clock.systemUTC()), new StopSignal());
            assertThat(successor).as(successor.message()).isInstanceOf(RunOutcome.Completed.class);
            String report = report(home);

            owner.signal("CONT");

            Result woken = owner.await();
            assertThat(woken.exitCode()).as(woken.err()).isZero();
            assertExactlyOnce(home, woken.err());
            assertThat(report(home)).isEqualTo(report);
        }
    }

    /** But for times: a run at work tells its own, some milliseconds before the repository has them. */
    private static String report(EtlHome home) {
        return home.read("data/work/numbers/1/report.txt")
                .replaceAll(" +[\\d.]+ s\\b", " (time)")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z", "(time)");
    }

    /**
     * The owner has found no publication when it is paused, and comes to publish while its successor does, before its own
     * heartbeat has told it anything. One that published here would be told by its successor as data to be refused.
     */
    @Test
    void theWokenOwnerDoesNotPublishBesideItsSuccessor() throws SQLException {
        try (EtlHome home = quickHome("4s");
                Connection locks = home.connect();
                Statement statement = locks.createStatement();
                EtlProcess owner = PausingEtl.start(home, "started FINALIZE")) {
            awaitPause(owner);
            locks.setAutoCommit(false);
            statement.execute("lock table etl_publication in access exclusive mode");
            owner.signal("CONT");
            await().atMost(PATIENCE).until(() -> waiting(home) > 0);
            owner.signal("STOP");
            locks.commit();
            awaitEndOfLease(home, TestDatabase.POSTGRESQL_NEWEST);
            holdSuccessorsAtPublishing(home);
            try (EtlProcess successor = EtlProcess.start(home, "--job.name=numbers")) {
                await().atMost(PATIENCE).until(() -> publishing(home));
                statement.execute("lock table etl_lease in access exclusive mode");

                owner.signal("CONT");
                await().atMost(PATIENCE).until(() -> waiting(home) == HEARTBEATS_AND_OWNER);
                locks.commit();
                home.execute("delete from brake");

                String both = owner.await() + "\n" + successor.await();
                assertThat(successor.await().exitCode()).as(both).isZero();
                assertThat(owner.await().exitCode()).as(both).isIn(0, 6);
                assertExactlyOnce(home, both);
            }
        }
    }

    /** Connections that are made from now on wait where they insert into the target. */
    private static void holdSuccessorsAtPublishing(EtlHome home) {
        home.execute("create table brake as select clock_timestamp() as since");
        home.execute("create function hold() returns trigger as $$ begin"
                + " while exists (select 1 from brake join pg_stat_activity on backend_start > since"
                + "   and pid = pg_backend_pid())"
                + " loop perform pg_sleep(0.02); end loop; return null; end $$ language plpgsql");
        home.execute("create trigger hold before insert on numbers execute function hold()");
    }

    private static boolean publishing(EtlHome home) {
        return home.value("select count(*) from pg_stat_activity"
                        + " where state = 'active' and query like 'insert into \"numbers\"%'")
                .equals("1");
    }

    /** Connections that wait for a lock. */
    private static int waiting(EtlHome home) {
        return Integer.parseInt(home.value("select count(distinct pid) from pg_locks where not granted"));
    }

    /** The owner of a lease whose time is not over yet is waited for where nothing is known of it. */
    @ParameterizedTest
    @CsvSource({"elsewhere, 6", "here, 0"})
    void onlyADeadOwnerOfThisMachineIsTakenOverAtOnce(String place, int exitCode) {
        try (EtlHome home = quickHome("1h");
                EtlProcess owner = PausingEtl.start(home, "progressed PROCESS")) {
            awaitPause(owner);
            owner.kill();
            if (place.equals("elsewhere")) {
                home.execute("update etl_lease set locked_by = regexp_replace(locked_by, '\\(\\S+,', '(elsewhere,')");
            }

            RunOutcome next = InProcessEtl.run(home, "numbers");

            assertThat(next.exitCode().code()).as(next.message()).isEqualTo(exitCode);
            if (exitCode == 0) {
                assertExactlyOnce(home, next.message());
            } else {
                assertThat(next.message()).contains("is running already: pid " + owner.pid() + " on ");
            }
        }
    }

    private EtlHome quickHome(String lease) {
        EtlHome home = EtlHome.on(TestDatabase.POSTGRESQL_NEWEST, folder)
                .configure("etl.lease: " + lease + "\n")
                .write("data/input/numbers.csv", Numbers.file(RECORDS))
                .job("numbers", Numbers.job(SMALL_CHUNK));
        home.execute("create table numbers " + COLUMNS);
        return home;
    }

    /** VALIDATE and FINALIZE each have a statement that lasts a second, so that pauses meet them too. */
    private EtlHome slowHome(TestDatabase database, String name) {
        EtlHome home = EtlHome.on(database, folder.resolve(database + "-" + name))
                .configure("etl.lease: 2s\n")
                .write("data/input/numbers.csv", Numbers.file(RECORDS));
        home.execute("create table numbers " + COLUMNS);
        if (database == TestDatabase.MARIADB_NEWEST) {
            home.execute("create trigger slow before insert on numbers for each row"
                    + " begin if new.id = 1 then do sleep(1); end if; end");
            return home.job("numbers", job("select sleep(1)", 0));
        }
        home.execute("create function slow() returns trigger as"
                + " $$ begin perform pg_sleep(1); return null; end $$ language plpgsql");
        home.execute("create trigger slow before insert on numbers execute function slow()");
        return home.job("numbers", job("select count(*) from (select pg_sleep(1)) s", 1));
    }

    private static String job(String slowQuery, int expected) {
        return Numbers.job(
                "data/input/numbers.csv",
                LARGE_CHUNK,
                "0",
                "append",
                "- { rule: sql, query: \"" + slowQuery + "\", expect: " + expected + " }");
    }

    private static boolean hasLease(EtlHome home, EtlProcess process) {
        return home.value("select locked_by from etl_lease").startsWith("pid " + process.pid() + " on ");
    }

    private static void awaitEndOfLease(EtlHome home, TestDatabase database) {
        String now =
                database == TestDatabase.MARIADB_NEWEST ? "utc_timestamp(3)" : "timezone('utc', current_timestamp)";
        await().atMost(PATIENCE)
                .until(() -> home.value("select count(*) from etl_lease where lock_until < " + now)
                        .equals("1"));
    }

    /** On Linux, as the third field of proc_pid_stat(5) says. */
    private static void awaitPause(EtlProcess process) {
        await().atMost(PATIENCE).until(() -> process.isAlive() && state(process) == 'T');
    }

    private static char state(EtlProcess process) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    private static void assertExactlyOnce(EtlHome home, String what) {
        assertThat(home.rows(Numbers.SELECT)).as(what).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.value("select count(*) from etl_publication")).as(what).isEqualTo("1");
        assertThat(home.value("select count(*) from BATCH_JOB_EXECUTION where status = 'COMPLETED'"))
                .as(what)
                .isEqualTo("1");
        assertThat(home.tables("etl_stage%")).as(what).isEmpty();
    }
}
