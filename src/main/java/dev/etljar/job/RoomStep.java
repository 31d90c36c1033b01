package dev.etljar.job;

import dev.etljar.run.DataRefusedException;
import dev.etljar.run.HandOver;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.RunContext;
import dev.etljar.run.StoppedException;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/**
 * Runs one room as a step: what the room gives is stored before the step completes, and a refusal ends it FAILED with
 * the exit code {@link #REFUSED}. There is no transaction around a room; each opens its own.
 */
final class RoomStep extends AbstractStep {

    /** The exit code of a step, and of its job, whose data was refused. */
    static final String REFUSED = "REFUSED";

    /** What a room does; what it needs of the rooms before it, it takes from the {@link HandOvers}. */
    @FunctionalInterface
    interface Room {
        HandOver work(StepExecution step) throws Exception;
    }

    private final Phase phase;
    private final RunContext context;
    private final HandOvers handOvers;
    private final Room room;

    RoomStep(Phase phase, RunContext context, JobRepository jobRepository, Room room) {
        super(jobRepository);
        setName(phase.name());
        this.phase = phase;
        this.context = context;
        this.handOvers = new HandOvers(jobRepository);
        this.room = room;
        registerStepExecutionListener(new PhaseEvents());
    }

    Phase phase() {
        return phase;
    }

    /**
     * Where a stop is asked for meanwhile, Spring Batch calls a step STOPPED whose work is done (6.0.6). It is done once more then,
     * with the same result; not so FINALIZE, after which nothing is left that could be stopped: it is stopped where it sees the
     * stop, or is complete, and the job with it.
     */
    @Override
    protected void doExecute(StepExecution step) throws Exception {
        if (phase != Phase.FINALIZE) {
            context.stop().onRequest(step::setTerminateOnly);
        }
        try {
            context.stop().throwIfRequested();
            if (step.isTerminateOnly()) {
                // Another process has asked for it, and this one's watch has not seen it yet.
                throw new StoppedException();
            }
            HandOver handOver = room.work(step);
            handOvers.put(step.getJobExecution(), phase, handOver);
            handOver.refusal().ifPresent(reason -> {
                throw new DataRefusedException(reason);
            });
            context.timeBox().stepCompleted();
        } catch (StoppedException e) {
            step.setTerminateOnly();
            throw new JobInterruptedException("stopped on request");
        }
    }

    /** Tells the run's listener; the end is told before the step's end is stored, so that a kill in between repeats it. */
    private final class PhaseEvents implements StepExecutionListener {

        @Override
        public void beforeStep(StepExecution step) {
            context.listener().phaseStarted(phase);
        }

        @Override
        public ExitStatus afterStep(StepExecution step) {
            Optional<DataRefusedException> refusal = refusal(step);
            context.listener().phaseEnded(phase, status(step, refusal.isPresent()));
            return refusal.map(reason -> new ExitStatus(REFUSED, FailureMessage.of(reason)))
                    .orElseGet(step::getExitStatus);
        }
    }

    private static Optional<DataRefusedException> refusal(StepExecution step) {
        return step.getFailureExceptions().stream()
                .filter(DataRefusedException.class::isInstance)
                .map(DataRefusedException.class::cast)
                .findFirst();
    }

    private static PhaseStatus status(StepExecution step, boolean refused) {
        if (step.getStatus() == BatchStatus.COMPLETED) {
            return PhaseStatus.COMPLETED;
        }
        if (step.getStatus() == BatchStatus.STOPPED) {
            return PhaseStatus.STOPPED;
        }
        return refused ? PhaseStatus.REFUSED : PhaseStatus.FAILED;
    }
}
