package dev.etljar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.h2.api.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever state a crash leaves in the job repository, the next start goes on by itself, at the last checkpoint. */
class RecoveryTests {

    private static final int RECORDS = 1_000;

    @TempDir
    Path folder;

    private EtlHome home;

    @BeforeEach
    void writeJob() {
        home = new EtlHome(folder)
                .job("numbers", Numbers.job(100))
                .write("data/input/numbers.csv", Numbers.file(RECORDS));
    }

    /** The states of the job's execution, of PROCESS, and of the partition that writes the chunks. */
    @ParameterizedTest
    @CsvSource({
        "STARTED, STARTED, STARTED",
        "STARTED, STARTED, COMPLETED",
        "STARTED, COMPLETED, COMPLETED",
        "STARTING, STOPPED, STOPPED",
        "STARTED, FAILED, FAILED",
        "STOPPING, STOPPING, STOPPING",
        "STOPPING, STARTED, STARTED",
        "STOPPED, STARTED, STARTED",
        "FAILED, STARTED, UNKNOWN",
        "FAILED, UNKNOWN, UNKNOWN",
        "UNKNOWN, UNKNOWN, UNKNOWN",
        "UNKNOWN, FAILED, FAILED",
        "UNKNOWN, STARTED, STARTED",
    })
    void goesOnAtTheCheckpoint(String job, String process, String partition) {
        boolean processed = process.equals("COMPLETED") || partition.equals("COMPLETED");
        stopAfter(processed ? Phase.VALIDATE : Phase.PROCESS);
        leave(job, process, partition);

        RunOutcome again = InProcessEtl.run(home, "numbers");

        assertThat(again).as(again.message()).isInstanceOf(RunOutcome.Completed.class);
        assertLoadedOnce();
        assertThat(home.value("select coalesce(max(read_count), 0) from batch_step_execution"
                        + " where step_name like 'PROCESS:%' and job_execution_id > 1"))
                .as("records read again")
                .isEqualTo(processed ? "0" : "700");
    }

    @Test
    void anInstanceWithoutAnExecutionIsStarted() {
        stopAfter(Phase.PROCESS);
        for (String table : new String[] {
            "batch_step_execution_context",
            "batch_step_execution",
            "batch_job_execution_context",
            "batch_job_execution_params",
            "batch_job_execution"
        }) {
            home.execute("delete from " + table);
        }
        assertThat(home.value("select count(*) from batch_job_instance")).isEqualTo("1");

        RunOutcome again = InProcessEtl.run(home, "numbers");

        assertThat(again).as(again.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.value("select count(*) from batch_job_instance")).isEqualTo("1");
        assertLoadedOnce();
    }

    /** As where the one that was paused commits after the look for its publication, in a target of its own. */
    @Test
    void aPublicationThatWasNotHeardOfIsNoRefusedData() {
        home.execute("create table numbers (id integer, text varchar(100), amount decimal(10,1), sent date)");
        stopAfter(Phase.VALIDATE);
        home.execute("create trigger meanwhile before insert on etl_publication for each row call '"
                + PublishedMeanwhile.class.getName() + "'");

        RunOutcome outcome = InProcessEtl.run(home, "numbers");

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("1");
        assertThat(home.value("select count(*) from numbers"))
                .as("rows of a second publication")
                .isEqualTo("0");
    }

    /** Another process's publication, committed while this one is at its own. */
    public static final class PublishedMeanwhile implements Trigger {

        @Override
        public void fire(Connection inserting, Object[] before, Object[] after) throws SQLException {
            if (Arrays.asList(after).contains("f")) {
                return;
            }
            try (Connection other = DriverManager.getConnection(url(inserting), "sa", "");
                    Statement statement = other.createStatement()) {
                statement.execute("""
                        insert into etl_publication (repository, job_instance_id, load_name, job_name, table_name, mode,
                          row_count, fingerprint, published_at)
                        select token, 1, 'numbers', 'numbers', 'numbers', 'append', 1000, 'f', current_timestamp
                        from etl_repository
                        """);
            }
        }

        private static String url(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet path = statement.executeQuery("select database_path()")) {
                path.next();
                return "jdbc:h2:file:" + path.getString(1) + ";AUTO_SERVER=TRUE;WRITE_DELAY=0";
            }
        }
    }

    private void assertLoadedOnce() {
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("1");
        assertThat(home.tables("etl_stage%")).isEmpty();
        assertThat(home.value("select count(*) from batch_step_execution where end_time is null"))
                .isEqualTo("0");
    }

    /** Stops after the third chunk of PROCESS, or at the begin of a later phase. */
    private void stopAfter(Phase last) {
        StopSignal stop = new StopSignal();
        RunListener watch = new RunListener() {
            private int chunks;

            @Override
            public void progressed(Progress progress) {
                if (last == Phase.PROCESS && progress.phase() == Phase.PROCESS && ++chunks == 3) {
                    stop.request();
                }
            }

            @Override
            public void phaseStarted(Phase phase) {
                if (phase == last && phase != Phase.PROCESS) {
                    stop.request();
                }
            }
        };
        assertThat(InProcessEtl.run(home.root(), "numbers", watch, stop)).isInstanceOf(RunOutcome.Stopped.class);
    }

    private void leave(String job, String process, String partition) {
        home.execute("delete from batch_step_execution_context where step_execution_id in"
                + " (select step_execution_id from batch_step_execution where step_name in ('VALIDATE'))");
        home.execute("delete from batch_step_execution where step_name = 'VALIDATE'");
        home.execute("update batch_job_execution set status = '" + job + "', exit_code = 'UNKNOWN'" + ended(job));
        home.execute("update batch_step_execution set status = '" + process + "', exit_code = 'EXECUTING'"
                + ended(process) + " where step_name = 'PROCESS'");
        home.execute("update batch_step_execution set status = '" + partition + "', exit_code = 'EXECUTING'"
                + ended(partition) + " where step_name like 'PROCESS:%'");
    }

    private static String ended(String status) {
        return status.equals("STARTING") || status.equals("STARTED") || status.equals("STOPPING")
                ? ", end_time = null"
                : "";
    }
}
