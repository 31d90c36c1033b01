package dev.etljar.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.progress.ProgressFile;
import dev.etljar.progress.RunListeners;
import dev.etljar.report.ListText;
import dev.etljar.report.RunReport;
import dev.etljar.report.StatusText;
import dev.etljar.repository.RunViews;
import dev.etljar.run.ExitCode;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.HaltingEtl;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A run waits for a person, and goes on or ends as the person says. */
class ApprovalTests {

    @TempDir
    Path folder;

    private EtlHome home;
    private ConfigurableApplicationContext application;

    @BeforeEach
    void start() {
        home = new EtlHome(folder).write("data/input/numbers.csv", Numbers.file(250) + "bad\n");
        before("FINALIZE");
        application = InProcessEtl.open(folder);
    }

    private void before(String step) {
        home.job(
                "numbers",
                Numbers.job("data/input/numbers.csv", 100, "1", "append", "") + "approve: before " + step + "\n");
    }

    @AfterEach
    void close() {
        application.close();
    }

    private RunOutcome run(boolean startOver) {
        return application
                .getBean(Launcher.class)
                .run(
                        new RunRequest("numbers", Map.of(), false, startOver),
                        new RunListeners(
                                List.of(new ProgressFile(Clock.systemUTC()), new RunReport(Clock.systemUTC()))),
                        new StopSignal());
    }

    private void assertWaits(RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(ExitCode.WAITING);
        assertThat(home.tables("numbers")).as("published").isEmpty();
    }

    private void assertLoads(RunOutcome outcome) {
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(250));
    }

    private OperatorAnswer approve(long execution) throws Exception {
        return application.getBean(Approving.class).approve(execution, "ann", "looks right");
    }

    private OperatorAnswer reject(long execution) throws Exception {
        return application.getBean(Approving.class).reject(execution, "bob", "half of it is missing");
    }

    @Test
    void whatWaitsSaysWhatToLookAt() {
        RunOutcome outcome = run(false);

        assertWaits(outcome);
        assertThat(outcome.message())
                .startsWith("Waiting for approval before FINALIZE. Look at ")
                .contains("report.txt", "rejects.csv", "the staged rows of numbers in etl_stage_")
                .contains("(250 rows, 1 reject)", "approve 1", "reject 1 --comment=");
        String status =
                StatusText.of(application.getBean(RunViews.class).execution(1).orElseThrow());
        assertThat(status).startsWith("WAITING: numbers, execution 1").contains("Waiting for approval before FINALIZE");
        assertThat(home.read("data/work/numbers/1/progress.json")).contains("Waiting for approval before FINALIZE");
        assertThat(home.read("data/work/numbers/1/report.txt")).contains("Waiting for approval before FINALIZE");
        assertThat(run(false).message()).doesNotContain("no steps configured");
    }

    private RunSummary summary(long execution) {
        return application.getBean(RunViews.class).execution(execution).orElseThrow();
    }

    @Test
    void theStatusTellsTheDecisionAndTheReportOfTheRunKeepsIt() throws Exception {
        assertWaits(run(false));
        OperatorAnswer answer = approve(1);
        assertThat(answer.exitCode()).isEqualTo(ExitCode.COMPLETED);

        assertThat(answer.json()).contains("\"status\":\"APPROVED\"");
        assertThat(StatusText.of(summary(1)))
                .startsWith("APPROVED: numbers, execution 1")
                .contains("Approved by ann before FINALIZE: looks right. The next start of the job goes on.")
                .doesNotContain("Waiting");
        assertThat(ListText.of(List.of(summary(1)))).contains("APPROVED");

        assertLoads(run(false));
        assertThat(home.read("data/work/numbers/1/report.txt"))
                .startsWith("COMPLETED")
                .containsPattern("Approval +20[-0-9T:]+Z, approved by ann before FINALIZE: looks right");
        assertThat(home.read("data/work/numbers/1/report.json"))
                .contains("\"by\" : \"ann\"", "\"comment\" : \"looks right\"");
    }

    @Test
    void theStatusTellsARejectionAndWhatIsTooLate() throws Exception {
        assertWaits(run(false));
        OperatorAnswer rejected = reject(1);
        assertThat(rejected.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(rejected.json()).contains("\"status\":\"REJECTED\"");
        assertThat(StatusText.of(summary(1)))
                .startsWith("REJECTED: numbers, execution 1")
                .containsSubsequence("Rejected by bob before FINALIZE: half of it is missing.", "ends as refused");

        home.execute("update etl_approval set decision = null, expires_at = asked_at");
        assertThat(StatusText.of(summary(1))).startsWith("EXPIRED: numbers").contains("--start-over");
    }

    /** What is asked for again is not what was approved. */
    @Test
    void aDecisionIsToldOfTheExecutionsThatAskedForIt() throws Exception {
        assertWaits(run(false));
        assertThat(approve(1).exitCode()).isEqualTo(ExitCode.COMPLETED);
        home.execute("update batch_step_execution set status = 'FAILED' where step_name = 'VALIDATE'");
        assertWaits(run(false));

        assertThat(StatusText.of(summary(1))).startsWith("APPROVED");
        assertThat(StatusText.of(summary(2))).startsWith("WAITING").doesNotContain("Approval ");
    }

    @Test
    void whatIsApprovedGoesOn() throws Exception {
        assertWaits(run(false));
        assertWaits(run(false));

        OperatorAnswer answer = approve(1);

        assertThat(answer.exitCode()).as(answer.message()).isEqualTo(ExitCode.COMPLETED);
        assertThat(answer.message()).startsWith("Approved by ann: step FINALIZE of execution 2");
        assertThat(approve(2).message()).startsWith("Nothing was done").contains("approved by ann before");
        OperatorAnswer other = reject(2);
        assertThat(other.exitCode()).isEqualTo(ExitCode.WRONG);
        assertLoads(run(false));
        assertThat(approve(2).exitCode()).isEqualTo(ExitCode.WRONG);
    }

    @Test
    void whatIsRejectedEndsAsRefusedUntilTheInputIsAnother() throws Exception {
        assertWaits(run(false));
        assertThat(reject(1).exitCode()).isEqualTo(ExitCode.COMPLETED);

        for (int i = 0; i < 2; i++) {
            RunOutcome refused = run(false);
            assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.message()).contains("Rejected by bob before FINALIZE: half of it is missing");
        }
        assertThat(home.tables("numbers")).isEmpty();

        home.write("data/input/numbers.csv", Numbers.file(250));
        assertWaits(run(false));
        assertThat(approve(4).exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertLoads(run(false));
    }

    @Test
    void anApprovalDoesNotCountForWhatIsMadeAnew() throws Exception {
        assertWaits(run(false));
        assertThat(approve(1).exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertWaits(run(true));

        assertThat(approve(2).exitCode()).isEqualTo(ExitCode.COMPLETED);
        // As a step that is run again within the same run leaves it.
        home.execute("update batch_step_execution set status = 'FAILED' where step_name = 'VALIDATE'"
                + " and job_execution_id = 2");
        assertWaits(run(false));
        assertThat(approve(3).exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertLoads(run(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOWNLOAD", "EXTRACT", "PROCESS", "VALIDATE"})
    void anyStepMayBeWaitedFor(String step) throws Exception {
        before(step);
        RunOutcome outcome = run(false);
        assertWaits(outcome);
        assertThat(outcome.message()).contains("before " + step);
        assertThat(home.value("select count(*) from batch_step_execution where step_name = '" + step + "'"))
                .isEqualTo("0");
        assertThat(approve(1).exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertLoads(run(false));
    }

    @Test
    void whereNothingWaitsThereIsNothingToDecide() throws Exception {
        assertThat(approve(1).exitCode()).isEqualTo(ExitCode.WRONG);
        home.job("numbers", Numbers.job("data/input/numbers.csv", 100, "1", "append", ""));
        assertLoads(run(false));
        OperatorAnswer answer = approve(1);
        assertThat(answer.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(answer.message()).contains("Nothing waits for approval: execution 1");
        assertThat(application.getBean(Approving.class).reject(1, "bob", " ").message())
                .contains("--comment");
    }

    /** Killed when it had asked and not said so; and when it had published what was approved, and not said so. */
    @Test
    void aKillDoesNotAskTwiceAndLosesNoDecision() throws Exception {
        application.close();
        assertThat(HaltingEtl.run(home, "ended RUN")).isEqualTo(HaltingEtl.KILLED);
        application = InProcessEtl.open(folder);
        assertThat(approve(1).exitCode()).isEqualTo(ExitCode.COMPLETED);
        application.close();
        assertThat(HaltingEtl.run(home, "published FINALIZE")).isEqualTo(HaltingEtl.KILLED);
        application = InProcessEtl.open(folder);

        assertLoads(run(false));
        assertThat(home.rows("select decision from etl_approval")).containsExactly("APPROVED");
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("1");
    }
}
