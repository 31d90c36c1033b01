package dev.etljar.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.ExitCode;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Moments;
import dev.etljar.testing.Numbers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The replays of a load's rejects belong to it: they push no load's image out, and go with it when it is taken back. */
class ReplayedLoadTests {

    private static final String ROWS = "select id, text from numbers order by id";

    @TempDir
    Path folder;

    private EtlHome home;

    @BeforeEach
    void prepare() {
        home = new EtlHome(folder);
    }

    private void job(String publish) {
        home.job(
                "numbers",
                Numbers.job("data/input/numbers.csv", 100, "9", publish, "")
                        .replace("unique,", "unique, severity: warn,"));
    }

    private void load(String... records) {
        home.write("data/input/numbers.csv", "id,text,amount,sent\n" + String.join("\n", records) + "\n");
        assertCompleted(InProcessEtl.run(home, "numbers"));
    }

    /** Corrects one reject of the run of execution 2, and leaves the others. */
    private void replay(String bad, String corrected) {
        home.write("fixed.csv", home.read("data/work/numbers/2/rejects.csv").replace("'" + bad, "'" + corrected));
        assertCompleted(InProcessEtl.replay(folder, 2, folder.resolve("fixed.csv"), RunListener.NONE));
    }

    private static void assertCompleted(RunOutcome outcome) {
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
    }

    private RollbackOutcome rollback(long execution) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            return Rollback.with(application, folder).run(new RollbackRequest(execution, false, false));
        }
    }

    private void loadTwiceAndReplayThreeTimes() {
        load("1,a,,", "2,a,,", "3,a,,");
        load("1,b,,", "bad,b,,", "worse,b,,", "worst,b,,");
        replay("bad", "2");
        replay("worse", "3");
        replay("worst", "4");
    }

    /** To run the job again, as others are told that have published nothing, would find nothing new. */
    @Test
    void aReplayThatWasRefusedNamesTheExecutionToReplay() {
        job("append");
        load("1,a,,");
        load("1,b,,", "bad,b,,");
        assertThat(InProcessEtl.replay(folder, 2, null, RunListener.NONE).message())
                .contains("None of the rejects can be loaded");

        assertThat(InProcessEtl.replay(folder, 3, null, RunListener.NONE).message())
                .endsWith("It was a replay: correct the rejects and replay execution 2");
    }

    @Test
    void replaysPushNoImageOutAndGoWithTheirLoad() {
        job("upsert\n  key: [id]");
        home.execute(
                "create table numbers (id integer primary key, text varchar(100), amount decimal(10,1), sent date)");
        loadTwiceAndReplayThreeTimes();
        assertThat(home.rows(ROWS)).containsExactly("1|b", "2|b", "3|b", "4|b");
        assertThat(home.tables("etl_image%")).hasSize(5);

        RollbackOutcome second = rollback(2);

        assertThat(second.exitCode()).as(second.message()).isEqualTo(ExitCode.COMPLETED);
        assertThat(second.message()).contains("execution 5 of job 'numbers'", "execution 2 of job 'numbers'");
        assertThat(home.rows(ROWS)).containsExactly("1|a", "2|a", "3|a");
        RollbackOutcome first = rollback(1);
        assertThat(first.exitCode()).as(first.message()).isEqualTo(ExitCode.COMPLETED);
        assertThat(home.rows(ROWS)).isEmpty();
    }

    @Test
    void whatAReplayAppendedGoesWithTheLoadThatReplaced() {
        job("replace");
        loadTwiceAndReplayThreeTimes();
        assertThat(home.rows(ROWS)).containsExactly("1|b", "2|b", "3|b", "4|b");

        assertThat(rollback(2).exitCode()).isEqualTo(ExitCode.COMPLETED);

        assertThat(home.rows(ROWS)).containsExactly("1|a", "2|a", "3|a");
        assertThat(home.rows("select count(*) from etl_publication where taken_back_at is null"))
                .isEqualTo(List.of("1"));
    }

    /** Restarted, it would add to what is no more, and its records would be there twice once the load is loaded again. */
    @Test
    void aReplayThatHasPublishedNothingYetIsGivenUpWithItsLoad() {
        job("append");
        load("1,a,,");
        load("1,b,,", "bad,b,,");
        RunListener dying = new Moments(event -> {
            if (event.equals("started VALIDATE")) {
                throw new IllegalStateException("dies before VALIDATE");
            }
        });
        home.write("fixed.csv", home.read("data/work/numbers/2/rejects.csv").replace("'bad", "'2"));
        assertThat(InProcessEtl.replay(folder, 2, folder.resolve("fixed.csv"), dying))
                .isInstanceOf(RunOutcome.Failed.class);
        assertThat(home.tables("etl_stage%")).isNotEmpty();

        assertThat(rollback(2).exitCode()).isEqualTo(ExitCode.COMPLETED);

        assertThat(home.rows("select status from BATCH_JOB_EXECUTION order by job_execution_id"))
                .containsExactly("COMPLETED", "COMPLETED", "ABANDONED");
        assertThat(home.tables("etl_stage%")).isEmpty();
        assertThat(home.rows(ROWS)).containsExactly("1|a");
    }

    @Test
    void aReplayIsTakenBackAlone() {
        job("append");
        loadTwiceAndReplayThreeTimes();

        assertThat(rollback(4).exitCode()).isEqualTo(ExitCode.COMPLETED);

        assertThat(home.rows(ROWS)).containsExactly("1|a", "1|b", "2|a", "2|b", "3|a", "4|b");
    }
}
