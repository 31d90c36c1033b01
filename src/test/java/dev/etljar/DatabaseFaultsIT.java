package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import dev.etljar.testing.CutConnection;
import dev.etljar.testing.CutConnection.Moment;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection is cut at an exact moment: the same process goes on at the last checkpoint. */
class DatabaseFaultsIT {

    private static final int RECORDS = 1_000;
    private static final int CHUNK = 100;
    /** So few records that their rows are stored with the checkpoint. */
    private static final int SMALL_CHUNK = 10;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL_NEWEST, AT_THE_STATEMENT, update BATCH_STEP_EXECUTION_CONTEXT, 4, UNKNOWN",
        "POSTGRESQL_NEWEST, BEFORE_COMMIT,    update BATCH_STEP_EXECUTION_CONTEXT, 4, UNKNOWN",
        "POSTGRESQL_NEWEST, AFTER_COMMIT,     update BATCH_STEP_EXECUTION_CONTEXT, 4, STARTED",
        "POSTGRESQL_NEWEST, AT_THE_STATEMENT, etl_rows as (insert into, 40, UNKNOWN",
        "POSTGRESQL_NEWEST, AFTER_COMMIT,     etl_rows as (insert into, 40, STARTED",
        "POSTGRESQL_NEWEST, BEFORE_COMMIT,    insert into etl_publication, 1, FAILED",
        "POSTGRESQL_NEWEST, AFTER_COMMIT,     insert into etl_publication, 1, FAILED",
        "MARIADB_NEWEST,    AT_THE_STATEMENT, load data local, 4, UNKNOWN",
        "MARIADB_NEWEST,    BEFORE_COMMIT,    load data local, 4, UNKNOWN",
        "MARIADB_NEWEST,    AFTER_COMMIT,     load data local, 4, STARTED",
        "MARIADB_NEWEST,    BEFORE_COMMIT,    insert into etl_publication, 1, FAILED",
        "MARIADB_NEWEST,    AFTER_COMMIT,     insert into etl_publication, 1, FAILED"
    })
    void aCutConnectionIsMadeGoodFromTheCheckpoint(
            TestDatabase database, Moment moment, String statement, int nth, String first) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            int checkpointEvery = statement.startsWith("etl_rows") ? SMALL_CHUNK : CHUNK;
            home.job(
                            "numbers",
                            Numbers.job("data/input/numbers.csv", checkpointEvery, "1", "append", "")
                                    + "retry: { attempts: 2, pause: 10ms, max-pause: 10ms }\n")
                    .write("data/input/numbers.csv", Numbers.file(RECORDS) + "bad\n");
            CutConnection cut = new CutConnection(home, moment, statement, nth);
            Ends ends = new Ends(home, new ArrayList<>());

            RunOutcome outcome = InProcessEtl.run(home, "numbers", ends, cut);

            assertThat(cut.isDone()).isTrue();
            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(ends.statuses()).containsExactly(first, "COMPLETED");
            assertThat(home.rows("select status from BATCH_JOB_EXECUTION order by job_execution_id"))
                    .containsExactly("FAILED", "COMPLETED");
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
            assertThat(home.rows("select count(*) from etl_publication")).containsExactly("1");
            assertThat(home.read("data/work/numbers/1/rejects.csv").lines()).hasSize(2);
            assertThat(home.tables("etl_stage%")).isEmpty();
        }
    }

    /** Notes how the newest step of all ended in each attempt: of PROCESS that of the file, of FINALIZE its own. */
    private record Ends(EtlHome home, List<String> statuses) implements RunListener {

        @Override
        public void runEnded(RunSummary summary) {
            statuses.add(home.value("select status from BATCH_STEP_EXECUTION order by step_execution_id desc"));
        }
    }
}
