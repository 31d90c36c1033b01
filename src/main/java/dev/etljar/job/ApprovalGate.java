package dev.etljar.job;

import dev.etljar.run.Approval;
import dev.etljar.run.Approvals;
import dev.etljar.run.Phase;
import dev.etljar.run.RunContext;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.text.HumanFormat;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Keeps a step from being begun until a person has approved what is there:
 *
 * <ol>
 *   <li>An approval is of what the steps before have made, which the newest of their executions stands for: made anew, it is another
 *       one, and is asked for again.
 *   <li>Where it was not asked for yet, it is; the run ends and waits.
 *   <li>What was rejected, or not approved in time, is refused as data is, until the run is begun anew.
 * </ol>
 */
record ApprovalGate(
        ApproveDefinition definition, Approvals approvals, RunContext context, JobRepository jobRepository) {

    /** The exit code of a job that waits for approval. */
    static final String WAITING = "WAITING";

    /** What keeps the step from being begun; empty where nothing does, or where it is done already. */
    Optional<ExitStatus> held(Phase step, JobExecution execution) {
        if (step != definition.phase() || isCompleted(step, execution)) {
            return Optional.empty();
        }
        Approval approval = approvals.ask(
                context.instanceId(), step, lookedAt(step, execution), execution.getId(), definition.expires());
        return switch (approval.state()) {
            case APPROVED -> Optional.empty();
            case REJECTED ->
                Optional.of(refused("Rejected by " + approval.by() + " before " + step + ": " + approval.note()
                        + ". Begin anew with --start-over, or give it up: abandon " + execution.getId()));
            case EXPIRED ->
                Optional.of(refused("Nobody approved " + step + " until " + approval.expires()
                        + ". --start-over begins anew and asks again; or give it up: abandon " + execution.getId()));
            case WAITING -> Optional.of(new ExitStatus(WAITING, waiting(step, approval, execution)));
        };
    }

    private boolean isCompleted(Phase step, JobExecution execution) {
        StepExecution last = jobRepository.getLastStepExecution(execution.getJobInstance(), step.name());
        return last != null && last.getStatus() == BatchStatus.COMPLETED;
    }

    /** The newest execution of the steps before, 0 where there are none. */
    private long lookedAt(Phase step, JobExecution execution) {
        long newest = 0;
        for (Phase before : EnumSet.range(Phase.INIT, step)) {
            StepExecution last = jobRepository.getLastStepExecution(execution.getJobInstance(), before.name());
            if (before != step && last != null) {
                newest = Math.max(newest, last.getId());
            }
        }
        return newest;
    }

    private static ExitStatus refused(String message) {
        return new ExitStatus(RoomStep.REFUSED, message);
    }

    private String waiting(Phase step, Approval approval, JobExecution execution) {
        List<String> toLookAt =
                new ArrayList<>(List.of(context.workspace().textReport().toString()));
        if (Files.exists(context.workspace().rejects())) {
            toLookAt.add(context.workspace().rejects().toString());
        }
        new HandOvers(jobRepository)
                .find(execution, Phase.PROCESS, StagedTables.class)
                .ifPresent(staged -> staged.tables().forEach(table -> toLookAt.add(describe(table))));
        long id = execution.getId();
        return "Waiting for approval before " + step + ". Look at " + String.join(", ", toLookAt) + "; then: approve "
                + id
                + ", or reject " + id + " --comment=…, and run again"
                + (approval.expires() == null ? "" : ". It may be approved until " + approval.expires());
    }

    private static String describe(StagedTable table) {
        return "the staged rows of " + table.table() + " in " + table.staging() + " ("
                + HumanFormat.count(table.loaded(), "row") + ", " + HumanFormat.count(table.rejected(), "reject") + ")";
    }
}
