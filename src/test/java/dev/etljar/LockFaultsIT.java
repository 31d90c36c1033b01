package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody else holds what the run needs: for longer than a lock is waited for, or in a circle. They give it up when the
 * attempt has failed; the next one goes on.
 */
class LockFaultsIT {

    private static final int RECORDS = 1_000;

    private static final String SAME_ROW = "insert into numbers (id) values (1)";
    private static final String SAME_PUBLICATION = """
            insert into etl_publication (repository, job_instance_id, load_name, job_name, table_name, mode, row_count,
              fingerprint, published_at)
            select token, 1, 'numbers', 'numbers', 'numbers', 'append', 0, '-', current_timestamp from etl_repository
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void aRowOfTheTargetThatSomebodyHoldsIsWaitedForInAnotherAttempt(TestDatabase database) {
        goesOnAfter(database, Phase.FINALIZE, SAME_ROW);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void thePublicationsRowThatSomebodyHoldsIsWaitedForInAnotherAttempt(TestDatabase database) {
        goesOnAfter(database, Phase.FINALIZE, SAME_PUBLICATION);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void theStepsRecordThatSomebodyHoldsIsWaitedForInAnotherAttempt(TestDatabase database) {
        goesOnAfter(database, Phase.PROCESS, "update BATCH_STEP_EXECUTION set version = version");
    }

    private void goesOnAfter(TestDatabase database, Phase phase, String statement) {
        try (EtlHome home = home(database, "3s");
                Other other = new Other(home, phase) {
                    @Override
                    void hold(Statement open) throws SQLException {
                        open.executeUpdate(statement);
                    }
                }) {
            assertGoesOn(home, other);
        }
    }

    /** The other one holds the publication's row, the run the target's; then the other one wants that. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void aDeadlockEndsTheAttemptAndTheNextOneGoesOn(TestDatabase database) {
        // The lock's timeout is half of a lease, and must not come before PostgreSQL looks for a deadlock, after 1 s.
        try (EtlHome home = home(database, "20s");
                Other other = new Deadlock(home)) {
            assertGoesOn(home, other);
            assertThat(home.value("select exit_message from BATCH_STEP_EXECUTION where status = 'FAILED'"))
                    .containsIgnoringCase("deadlock");
        }
    }

    private EtlHome home(TestDatabase database, String lease) {
        EtlHome home = EtlHome.on(database, folder)
                .configure("etl.lease: " + lease + "\n")
                .job(
                        "numbers",
                        Numbers.job("data/input/numbers.csv", 100, "1", "append", "")
                                + "retry: { attempts: 3, pause: 10ms, max-pause: 10ms }\n")
                .write("data/input/numbers.csv", Numbers.file(RECORDS) + "bad\n");
        home.execute("create table numbers (id integer not null primary key, text varchar(100),"
                + " amount decimal(10,1), sent date)");
        home.execute("create table weights (id integer not null)");
        return home;
    }

    private static void assertGoesOn(EtlHome home, Other other) {
        RunOutcome outcome = InProcessEtl.run(home.root(), "numbers", other, new StopSignal());

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(other.failed).as("attempts that failed").isEqualTo(1);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.rows("select count(*) from etl_publication")).containsExactly("1");
        assertThat(home.read("data/work/numbers/1/rejects.csv").lines()).hasSize(2);
        assertThat(home.tables("etl_stage%")).isEmpty();
    }

    /** Holds something from the phase's first moment until an attempt has failed in it. */
    private abstract static class Other implements RunListener, AutoCloseable {

        final EtlHome home;
        private final Phase phase;
        private @Nullable Connection connection;
        private int failed;

        Other(EtlHome home, Phase phase) {
            this.home = home;
            this.phase = phase;
        }

        abstract void hold(Statement open) throws SQLException;

        void letGo(Connection held) throws SQLException {
            held.rollback();
        }

        @Override
        public void phaseStarted(Phase started) {
            if (started == phase && phase != Phase.PROCESS) {
                begin();
            }
        }

        /** In the middle of PROCESS: once there is a checkpoint. */
        @Override
        public void progressed(Progress progress) {
            if (phase == Phase.PROCESS && progress.phase() == phase && progress.loaded() > 0) {
                begin();
            }
        }

        private void begin() {
            if (connection == null) {
                try {
                    connection = home.connect();
                    connection.setAutoCommit(false);
                    hold(connection.createStatement());
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void phaseEnded(Phase ended, PhaseStatus status) {
            if (status == PhaseStatus.FAILED && connection != null) {
                failed++;
                try {
                    letGo(connection);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void close() {
            if (connection != null) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** Holds the publication's row and has written more than the run, so that the database ends the run's transaction. */
    private static final class Deadlock extends Other {

        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final List<Future<?>> wanting = new ArrayList<>();

        Deadlock(EtlHome home) {
            super(home, Phase.FINALIZE);
        }

        @Override
        void hold(Statement open) throws SQLException {
            for (int i = 0; i < 10 * RECORDS; i++) {
                open.addBatch("insert into weights values (" + i + ")");
            }
            open.executeBatch();
            open.executeUpdate(SAME_PUBLICATION);
            wanting.add(thread.submit(() -> {
                await().atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(10))
                        .until(this::runIsWaiting);
                return open.executeUpdate(SAME_ROW);
            }));
        }

        private boolean runIsWaiting() {
            return !home.value(
                            home.value("select version()").contains("PostgreSQL")
                                    ? "select count(*) from pg_locks where not granted"
                                    : "select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'")
                    .equals("0");
        }

        @Override
        void letGo(Connection held) throws SQLException {
            for (Future<?> each : wanting) {
                try {
                    each.get();
                } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
                    throw new IllegalStateException("the run was to be the victim", e);
                }
            }
            super.letGo(held);
        }

        @Override
        public void close() {
            thread.shutdownNow();
            super.close();
        }
    }
}
