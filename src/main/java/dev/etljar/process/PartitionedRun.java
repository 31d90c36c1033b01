package dev.etljar.process;

import dev.etljar.database.Target;
import dev.etljar.run.Phase;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Runs the partitions that are not complete, as many side by side as the definition allows, each as a step of its own, and those of
 * a load that is after others when these are complete. Refused data leaves the others their turn, so that a person sees all
 * that is wrong with it; a failure leaves it to the other loads; a stop, or a failure of what all share, ends the run when the chunks
 * at hand have ended. The next one goes on with what each partition has committed.
 */
record PartitionedRun(
        JobRepository jobRepository,
        Target target,
        RunContext context,
        TargetCheckpoints checkpoints,
        ProcessDefinition definition) {

    void of(StepExecution step, Map<String, Partition> partitions) throws Exception {
        Map<StepExecution, Partition> parts = parts(step, partitions);
        LoadOrder order = new LoadOrder(partitions.values(), parts.values());
        Conclusion conclusion = new Conclusion(target, context.stop());
        PartitionEnds ends = new PartitionEnds(parts, order, conclusion);
        ChunkSteps steps = new ChunkSteps(jobRepository, target, context, definition.checkpointEvery());
        Turns<Map.Entry<StepExecution, Partition>> turns = new Turns<>(
                List.copyOf(parts.entrySet()),
                part -> order.mayBegin(part.getValue().tally()));
        SideBySide.run(definition.parallelism(), turns, part -> {
            if (!part.getKey().isTerminateOnly()) {
                run(part.getKey(), steps, part.getValue());
                ends.ended(part.getKey(), part.getValue());
            }
        });
        parts.keySet().forEach(part -> count(step, part));
        List<Partition> left = turns.left().stream().map(Map.Entry::getValue).toList();
        NotBegun.note(step, left, order);
        conclusion.throwGravest(parts.keySet());
        requireCompleted(parts.keySet(), order);
    }

    /** Those that are not complete, in their order. */
    private Map<StepExecution, Partition> parts(StepExecution step, Map<String, Partition> partitions)
            throws JobExecutionException {
        SimpleStepExecutionSplitter splitter =
                new SimpleStepExecutionSplitter(jobRepository, Phase.PROCESS.name(), gridSize -> contexts(partitions));
        List<StepExecution> split = new ArrayList<>(splitter.split(step, partitions.size()));
        split.sort(Comparator.comparing(StepExecution::getId));
        Map<StepExecution, Partition> parts = new LinkedHashMap<>();
        split.forEach(part -> {
            context.stop().onRequest(part::setTerminateOnly);
            parts.put(part, partition(partitions, part));
        });
        return Collections.unmodifiableMap(parts);
    }

    private void run(StepExecution part, ChunkSteps steps, Partition partition) {
        try {
            CheckpointStore store =
                    target.isRepository() ? CheckpointStore.IN_CONTEXT : checkpoints.of(partition, part.getId());
            steps.of(part.getStepName(), partition, store).execute(part);
        } catch (Exception | OutOfMemoryError e) {
            // It could not even begin; others may be able to.
            part.addFailureException(e);
            part.setStatus(BatchStatus.FAILED);
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

    /** What had no turn may wait for a load that is read to its end and has too many rejects. */
    private static void requireCompleted(Collection<StepExecution> parts, LoadOrder order) {
        for (StepExecution part : parts) {
            if (part.getStatus() != BatchStatus.COMPLETED) {
                order.refuseTooManyRejects();
                throw new RunFailedException(part.getStepName() + " ended " + part.getStatus());
            }
        }
    }
}
