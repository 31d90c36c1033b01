package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WatchedDriver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another client writes rows with the keys of a load while that is merged into the table. Whichever of them is first,
 * the load's values are not lost: it is as if one had worked after the other.
 */
class ForeignWriterIT {

    private static final int ROWS = 200;

    @TempDir
    Path folder;

    @AfterEach
    void unwatch() {
        WatchedDriver.watch(new WatchedDriver.Watch() {});
    }

    private record Setting(TestDatabase database, String isolation) {}

    /** A server's default may be another isolation than the product's. */
    static Stream<Setting> settings() {
        return Stream.of(TestDatabase.H2, TestDatabase.POSTGRESQL_NEWEST, TestDatabase.MARIADB_NEWEST)
                .flatMap(database -> Stream.of("READ_COMMITTED", "REPEATABLE_READ")
                        .map(isolation -> new Setting(database, isolation)));
    }

    /** The foreign row comes after the first of the merge's statements: for MariaDB between its update and its insert. */
    @ParameterizedTest
    @MethodSource("settings")
    void aRowThatIsInsertedWithinTheMergeDoesNotHideTheLoads(Setting setting) throws Exception {
        ExecutorService foreign = Executors.newSingleThreadExecutor();
        try (EtlHome home = home(setting)) {
            AtomicBoolean begun = new AtomicBoolean();
            WatchedDriver.watch(new WatchedDriver.Watch() {
                @Override
                public void executed(String sql) {
                    if (sql.matches("(?is)(insert|update|merge)\\b.*etl_stage.*") && begun.compareAndSet(false, true)) {
                        Future<?> insert = foreign.submit(() -> home.execute("insert into t values (150, 'foreign')"));
                        awaitEndOrLock(insert);
                    }
                }
            });
            RunOutcome outcome = InProcessEtl.run(home, "t");
            assertNothingLost(home, outcome);
        } finally {
            foreign.shutdownNow();
        }
    }

    /** The foreign row is there before the merge, and is committed when that waits for it. */
    @ParameterizedTest
    @MethodSource("settings")
    void aRowThatIsCommittedWhileTheMergeWaitsForItIsUpdated(Setting setting) throws Exception {
        Executor afterAWhile = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);
        try (EtlHome home = home(setting);
                Connection connection = home.connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("insert into t values (150, 'foreign')");
            CompletableFuture<Boolean> committed = new CompletableFuture<>();
            RunOutcome outcome = InProcessEtl.run(
                    home.root(),
                    "t",
                    new RunListener() {
                        @Override
                        public void phaseStarted(Phase phase) {
                            if (phase == Phase.FINALIZE) {
                                committed.completeAsync(() -> commit(connection), afterAWhile);
                            }
                        }
                    },
                    new StopSignal());
            assertThat(committed).succeedsWithin(Duration.ofSeconds(10));
            assertNothingLost(home, outcome);
        }
    }

    private static boolean commit(Connection connection) {
        try {
            connection.commit();
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It ends soon, or waits for the merge's locks. */
    private static void awaitEndOrLock(Future<?> insert) {
        try {
            insert.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException waits) {
            return;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private EtlHome home(Setting setting) {
        StringBuilder file = new StringBuilder("id,text\n");
        for (int id = 1; id <= ROWS; id++) {
            file.append(id).append(",load\n");
        }
        EtlHome home = EtlHome.on(setting.database(), folder)
                .configure("""
                        ---
                        spring:
                          datasource:
                            driver-class-name: %s
                            hikari: { transaction-isolation: TRANSACTION_%s }
                        """.formatted(WatchedDriver.class.getName(), setting.isolation()))
                .write("data/input/t.csv", file.toString())
                .job("t", """
                        download: [{ url: data/input/t.csv }]
                        process:
                          loads:
                            - files: "*.csv"
                              table: t
                              columns:
                                - { name: id, type: integer, required: true }
                                - { name: text, type: varchar(10) }
                        finalize: { publish: upsert, key: [id] }
                        retry: { attempts: 1 }
                        """);
        home.execute("create table t (id integer not null primary key, text varchar(10))");
        home.execute("insert into t values "
                + IntStream.rangeClosed(1, ROWS / 2)
                        .mapToObj(id -> "(" + id + ", 'old')")
                        .collect(Collectors.joining(", ")));
        return home;
    }

    private static void assertNothingLost(EtlHome home, RunOutcome outcome) {
        if (!(outcome instanceof RunOutcome.Completed)) {
            assertThat(home.value("select count(*) from t where text = 'load'")).isEqualTo("0");
            RunOutcome again = InProcessEtl.run(home, "t");
            assertThat(again).as(again.message()).isInstanceOf(RunOutcome.Completed.class);
        }
        assertThat(home.value("select count(*) from t where text = 'load'")).isEqualTo(Integer.toString(ROWS));
        assertThat(home.value("select count(*) from t")).isEqualTo(Integer.toString(ROWS));
    }
}
