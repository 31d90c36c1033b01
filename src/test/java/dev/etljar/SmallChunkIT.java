package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.RunOutcome;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WatchedDriver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PostgreSQL stores a small chunk by one statement, which is a transaction by itself; where a row is refused, the chunk goes in an
 * ordinary one instead. Things go wrong around both.
 */
class SmallChunkIT {

    private static final String ONE_STATEMENT = "etl_rows as (insert into";
    private static final int RECORDS = 100;
    private static final int CHUNK = 10;
    /** In the fourth chunk. */
    private static final int TOO_LONG = 33;

    @TempDir
    Path folder;

    @AfterEach
    void watchNothing() {
        WatchedDriver.watch(new WatchedDriver.Watch() {});
    }

    @ParameterizedTest
    @CsvSource({"50, 3", "51, 0"})
    void aChunkOfNoMoreThan50RecordsIsOneStatement(int checkpointEvery, int statements) {
        try (EtlHome home = home(checkpointEvery)) {
            home.write("data/input/numbers.csv", Numbers.file(101));
            AtomicInteger prepared = new AtomicInteger();
            WatchedDriver.watch(new WatchedDriver.Watch() {
                @Override
                public void preparing(String sql, Connection connection) {
                    prepared.addAndGet(sql.contains(ONE_STATEMENT) ? 1 : 0);
                }
            });

            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);

            assertThat(prepared).hasValue(statements);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(101));
        }
    }

    /**
     * @param step how it is left
     * @param rows how many are staged by then: those of the chunk all or none
     * @param rejects how many are stored by then
     */
    @ParameterizedTest
    @CsvSource({
        "ROW_LOCKED,         etl_rows as (insert into, 2, FAILED,  10, 0",
        "ERROR_AT_STATEMENT, etl_rows as (insert into, 2, FAILED,  10, 0",
        "ERROR_AT_COMMIT,    etl_rows as (insert into, 2, STARTED, 20, 0",
        "VERSION_CHANGED,    savepoint etl_rows_1,     1, STARTED, 30, 0",
        "ERROR_AFTER_COMMIT, savepoint etl_rows_1,     1, STARTED, 39, 1"
    })
    void nothingIsLostOrDoubled(Fault fault, String statement, int nth, String step, int rows, int rejects)
            throws SQLException {
        try (EtlHome home = home(CHUNK);
                Trouble trouble = new Trouble(home, fault, statement, nth)) {
            WatchedDriver.watch(trouble);

            RunOutcome first = InProcessEtl.run(home, "numbers");

            assertThat(trouble.happened()).isTrue();
            assertThat(first).as(first.message()).isInstanceOf(RunOutcome.Failed.class);
            assertThat(((RunOutcome.Failed) first).mayPass()).isEqualTo(fault != Fault.ERROR_AT_STATEMENT);
            assertThat(home.value("select status from BATCH_STEP_EXECUTION order by step_execution_id desc"))
                    .isEqualTo(step);
            assertThat(home.staged()).isEqualTo(rows);
            assertThat(home.value("select count(*) from etl_reject")).isEqualTo(Integer.toString(rejects));

            RunOutcome second = InProcessEtl.run(home, "numbers");

            assertThat(second).as(second.message()).isInstanceOf(RunOutcome.Completed.class);
            List<String> expected = new ArrayList<>(Numbers.rows(RECORDS));
            expected.remove(TOO_LONG - 1);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(expected);
            assertThat(home.read("data/work/numbers/1/rejects.csv").lines()).hasSize(2);
            assertThat(home.value(
                            "select sum(read_count) || ', ' || sum(write_count) || ', ' || sum(process_skip_count)"
                                    + " from BATCH_STEP_EXECUTION where step_name like 'PROCESS:%'"))
                    .isEqualTo("100, 99, 1");
        }
    }

    private EtlHome home(int checkpointEvery) {
        EtlHome home = EtlHome.on(TestDatabase.POSTGRESQL_NEWEST, folder)
                .configure("spring.datasource.driver-class-name: " + WatchedDriver.class.getName() + "\n")
                .job(
                        "numbers",
                        Numbers.job("data/input/numbers.csv", checkpointEvery, "1", "append", "")
                                + "retry: { attempts: 1 }\n")
                .write(
                        "data/input/numbers.csv",
                        Numbers.file(RECORDS)
                                .replace("text " + TOO_LONG, "too long for this table's column " + TOO_LONG));
        home.execute("create table numbers (id integer, text varchar(30), amount decimal(10,1), sent date)");
        return home;
    }

    enum Fault {
        /** Another session has the step's row, for longer than it is waited for. */
        ROW_LOCKED,
        /** Another session changes the step's version: the job is taken over. */
        VERSION_CHANGED,
        ERROR_AT_STATEMENT,
        /** Spring rolls back then; what one statement has stored is committed already. */
        ERROR_AT_COMMIT,
        /** Leaves what a kill leaves. */
        ERROR_AFTER_COMMIT
    }

    /** Lets it happen the nth time that a statement with the text is prepared, or when that one's transaction ends. */
    private static final class Trouble implements WatchedDriver.Watch, AutoCloseable {

        private final EtlHome home;
        private final Fault fault;
        private final String text;
        private int left;
        private boolean happened;
        private @Nullable Connection locking;

        Trouble(EtlHome home, Fault fault, String text, int nth) {
            this.home = home;
            this.fault = fault;
            this.text = text;
            this.left = nth;
        }

        boolean happened() {
            return happened;
        }

        @Override
        public void preparing(String sql, Connection connection) throws SQLException {
            close();
            if (sql.contains(text) && --left == 0) {
                switch (fault) {
                    case ROW_LOCKED -> lock(connection);
                    case VERSION_CHANGED ->
                        home.execute(
                                "update BATCH_STEP_EXECUTION set version = version + 1 where step_name like 'PROCESS:%'");
                    default -> throwAt(Fault.ERROR_AT_STATEMENT);
                }
                happened |= fault == Fault.ROW_LOCKED || fault == Fault.VERSION_CHANGED;
            }
        }

        /** Until the next statement is prepared. */
        private void lock(Connection waiting) throws SQLException {
            locking = home.connect();
            locking.setAutoCommit(false);
            try (Statement lock = locking.createStatement();
                    Statement patience = waiting.createStatement()) {
                lock.execute("select 1 from BATCH_STEP_EXECUTION for update");
                patience.execute("set lock_timeout = 50");
            }
        }

        @Override
        public void close() throws SQLException {
            if (locking != null) {
                // It is answered when the locks are gone, as a close is not.
                locking.rollback();
                locking.close();
                locking = null;
            }
        }

        @Override
        public void committing(List<String> statements) {
            if (left <= 0) {
                throwAt(Fault.ERROR_AT_COMMIT);
            }
        }

        @Override
        public void committed(List<String> statements) {
            if (left <= 0) {
                throwAt(Fault.ERROR_AFTER_COMMIT);
            }
        }

        private void throwAt(Fault moment) {
            if (fault == moment && !happened) {
                happened = true;
                throw new LinkageError("thrown by the test");
            }
        }
    }
}
