package dev.etljar.process;

import dev.etljar.database.Target;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.Phase;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.StoppedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Runs the partitions that are not complete, one after the other, each as a step of its own. Refused data leaves the others
 * their turn, so that a person sees all that is wrong with it; a failure or a stop ends the run, and the next one goes on.
 */
record PartitionedRun(JobRepository jobRepository, Target target, RunContext context, TargetCheckpoints checkpoints) {

    void of(StepExecution step, Map<String, Partition> partitions, int checkpointEvery) throws Exception {
        SimpleStepExecutionSplitter splitter =
                new SimpleStepExecutionSplitter(jobRepository, Phase.PROCESS.name(), gridSize -> contexts(partitions));
        List<StepExecution> parts = new ArrayList<>(splitter.split(step, partitions.size()));
        parts.sort(Comparator.comparing(StepExecution::getId));
        ChunkSteps steps = new ChunkSteps(jobRepository, target, context);
        for (StepExecution part : parts) {
            Partition partition = partition(partitions, part);
            context.stop().onRequest(part::setTerminateOnly);
            CheckpointStore store =
                    target.isRepository() ? CheckpointStore.IN_CONTEXT : checkpoints.of(partition.name(), part.getId());
            steps.of(part.getStepName(), partition, store, checkpointEvery).execute(part);
            count(step, part);
            if (part.getStatus() != BatchStatus.COMPLETED && refusal(part).isEmpty()) {
                break;
            }
            if (context.stop().isRequested()) {
                break;
            }
        }
        conclude(parts);
    }

    private static Partition partition(Map<String, Partition> partitions, StepExecution part) {
        String name = part.getStepName().substring(Phase.PROCESS.name().length() + 1);
        return Objects.requireNonNull(partitions.get(name), () -> "no load and file for " + part.getStepName());
    }

    private static Map<String, ExecutionContext> contexts(Map<String, Partition> partitions) {
        Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
        partitions.keySet().forEach(name -> contexts.put(name, new ExecutionContext()));
        return contexts;
    }

    private static void count(StepExecution step, StepExecution part) {
        step.setReadCount(step.getReadCount() + part.getReadCount());
        step.setWriteCount(step.getWriteCount() + part.getWriteCount());
        step.setFilterCount(step.getFilterCount() + part.getFilterCount());
        step.setCommitCount(step.getCommitCount() + part.getCommitCount());
        step.setRollbackCount(step.getRollbackCount() + part.getRollbackCount());
    }

    /** Refused data counts before a failure, a failure before a stop: the gravest decides what the run says. */
    private void conclude(List<StepExecution> parts) throws Exception {
        for (StepExecution part : parts) {
            Optional<DataRefusedException> refusal = refusal(part);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
        }
        for (StepExecution part : parts) {
            if (!part.getFailureExceptions().isEmpty()) {
                throw failure(part.getFailureExceptions().get(0));
            }
        }
        for (StepExecution part : parts) {
            if (part.getStatus() == BatchStatus.STOPPED
                    || (part.getStatus() != BatchStatus.COMPLETED
                            && context.stop().isRequested())) {
                throw new StoppedException();
            }
            if (part.getStatus() != BatchStatus.COMPLETED) {
                throw new RunFailedException(part.getStepName() + " ended " + part.getStatus());
            }
        }
    }

    private static Optional<DataRefusedException> refusal(StepExecution part) {
        for (Throwable failure : part.getFailureExceptions()) {
            for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof DataRefusedException refused) {
                    return Optional.of(refused);
                }
            }
        }
        return Optional.empty();
    }

    private static Exception failure(Throwable failure) {
        return failure instanceof Exception exception ? exception : new RunFailedException(failure.toString(), failure);
    }
}
