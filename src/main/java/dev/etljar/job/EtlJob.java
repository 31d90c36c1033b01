package dev.etljar.job;

import dev.etljar.process.ProcessStep;
import dev.etljar.run.TimeBox;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.StartLimitExceededException;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * The rooms, one after the other; those that an earlier execution completed are passed over by the framework. The job's end
 * is told before it is stored, so that a kill in between repeats it: {@code AbstractJob} stores it before it tells its
 * listeners (6.0.6).
 */
final class EtlJob extends AbstractJob {

    private final List<RoomStep> rooms;
    private final TimeBox timeBox;
    private final @Nullable ApprovalGate gate;
    private final Consumer<JobExecution> ended;
    private boolean told;

    EtlJob(
            String name,
            JobRepository jobRepository,
            List<RoomStep> rooms,
            TimeBox timeBox,
            @Nullable ApprovalGate gate,
            Consumer<JobExecution> ended) {
        super(name);
        setJobRepository(jobRepository);
        this.timeBox = timeBox;
        this.gate = gate;
        this.rooms = List.copyOf(rooms);
        this.ended = ended;
        registerJobExecutionListener(new JobExecutionListener() {
            @Override
            public void afterJob(JobExecution execution) {
                tell(execution);
            }
        });
    }

    @Override
    protected void doExecute(JobExecution execution)
            throws JobInterruptedException, JobRestartException, StartLimitExceededException {
        runRooms(execution);
        execution.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
        tell(execution);
    }

    private void tell(JobExecution execution) {
        if (!told) {
            told = true;
            ended.accept(execution);
        }
    }

    private void runRooms(JobExecution execution)
            throws JobInterruptedException, JobRestartException, StartLimitExceededException {
        for (RoomStep room : rooms) {
            if (timeBox.isTimeUp()) {
                execution.upgradeStatus(BatchStatus.STOPPED);
                execution.setExitStatus(ExitStatus.STOPPED);
                return;
            }
            Optional<ExitStatus> held = gate == null ? Optional.empty() : gate.held(room.phase(), execution);
            if (held.isPresent()) {
                hold(execution, held.get());
                return;
            }
            StepExecution last = handleStep(room, execution);
            execution.upgradeStatus(last.getStatus());
            execution.setExitStatus(exitStatus(last));
            if (last.getStatus() != BatchStatus.COMPLETED || JobAssembler.NOTHING_NEW.equals(exitCode(last))) {
                return;
            }
        }
        // Nothing is left to be stopped.
        execution.setStatus(BatchStatus.COMPLETED);
    }

    private static void hold(JobExecution execution, ExitStatus held) {
        boolean waits = held.getExitCode().equals(ApprovalGate.WAITING);
        execution.upgradeStatus(waits ? BatchStatus.STOPPED : BatchStatus.FAILED);
        execution.setExitStatus(held);
    }

    /** With the message alone: Spring Batch appends the stack trace to a step's. */
    private static ExitStatus exitStatus(StepExecution step) {
        String message = step.getFailureExceptions().stream()
                .findFirst()
                .map(FailureMessage::of)
                .map(failure -> ProcessStep.notBegun(step)
                        .map(others -> failure.replaceFirst("\\.$", "") + ". " + others)
                        .orElse(failure))
                .orElse("");
        return new ExitStatus(exitCode(step), message);
    }

    private static String exitCode(StepExecution step) {
        return step.getExitStatus().getExitCode();
    }

    @Override
    public @Nullable Step getStep(String name) {
        return rooms.stream()
                .filter(room -> room.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<String> getStepNames() {
        return rooms.stream().map(RoomStep::getName).toList();
    }
}
