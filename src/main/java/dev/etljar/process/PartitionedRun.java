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
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Runs the partitions that are not complete, as many side by side as the definition allows, each as a step of its own. Refused
 * data leaves the others their turn, so that a person sees all that is wrong with it; a failure or a stop ends the run when
 * the chunks at hand have ended, and the next one goes on with what each partition has committed.
 */
record PartitionedRun(
        JobRepository jobRepository,
        Target target,
        RunContext context,
        TargetCheckpoints checkpoints,
        ProcessDefinition definition) {

    void of(StepExecution step, Map<String, Partition> partitions) throws Exception {
        SimpleStepExecutionSplitter splitter =
                new SimpleStepExecutionSplitter(jobRepository, Phase.PROCESS.name(), gridSize -> contexts(partitions));
        List<StepExecution> parts = new ArrayList<>(splitter.split(step, partitions.size()));
        parts.sort(Comparator.comparing(StepExecution::getId));
        parts.forEach(part -> context.stop().onRequest(part::setTerminateOnly));
        ChunkSteps steps = new ChunkSteps(jobRepository, target, context, definition.checkpointEvery());
        SideBySide.run(definition.parallelism(), parts, part -> run(part, parts, steps, partition(partitions, part)));
        parts.forEach(part -> count(step, part));
        conclude(parts);
    }

    /** Runs a partition; one that fails keeps the others from beginning another chunk. */
    private void run(StepExecution part, List<StepExecution> parts, ChunkSteps steps, Partition partition)
            throws Exception {
        if (part.isTerminateOnly()) {
            return;
        }
        CheckpointStore store =
                target.isRepository() ? CheckpointStore.IN_CONTEXT : checkpoints.of(partition, part.getId());
        try {
            steps.of(part.getStepName(), partition, store).execute(part);
        } finally {
            if (part.getStatus() != BatchStatus.COMPLETED && refusal(part).isEmpty()) {
                parts.forEach(StepExecution::setTerminateOnly);
            }
        }
    }

    private static Partition partition(Map<String, Partition> partitions, StepExecution part) {
        String name = part.getStepName().substring(Phase.PROCESS.name().length() + 1);
        return Objects.requireNonNull(partitions.get(name), () -> "no load and file for " + part.getStepName());
    }

    private static Map<String, ExecutionContext> contexts(Map<String, Partition> partitions) {
        Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
        partitions.forEach((name, partition) -> {
            ExecutionContext context = new ExecutionContext();
            Checkpoint.at(partition.range().from()).store(context);
            contexts.put(name, context);
        });
        return contexts;
    }

    private static void count(StepExecution step, StepExecution part) {
        step.setReadCount(step.getReadCount() + part.getReadCount());
        step.setWriteCount(step.getWriteCount() + part.getWriteCount());
        step.setProcessSkipCount(step.getProcessSkipCount() + part.getProcessSkipCount());
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
            Optional<Throwable> failure = ownFailure(part);
            if (failure.isPresent()) {
                throw failure(failure.get());
            }
        }
        for (StepExecution part : parts) {
            if (part.getStatus() != BatchStatus.COMPLETED
                    && (part.getStatus() == BatchStatus.STOPPED
                            || context.stop().isRequested())) {
                throw new StoppedException();
            }
        }
        for (StepExecution part : parts) {
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

    /** What was stopped beside a failure has the stop among its own. */
    private static Optional<Throwable> ownFailure(StepExecution part) {
        return part.getFailureExceptions().stream()
                .filter(failure -> !(failure instanceof JobInterruptedException))
                .findFirst();
    }

    private static Exception failure(Throwable failure) {
        return failure instanceof Exception exception ? exception : new RunFailedException(failure.toString(), failure);
    }
}
