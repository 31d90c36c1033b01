package dev.etljar.process;

import dev.etljar.database.Target;
import dev.etljar.run.InputFile;
import dev.etljar.run.Phase;
import dev.etljar.run.RunContext;
import dev.etljar.run.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** What a later attempt does before it goes on: the partitions get their checkpoints, and what these stand for is compared. */
record Continuation(
        JobRepository jobRepository,
        Target target,
        RunContext context,
        Staging staging,
        TargetCheckpoints checkpoints) {

    private static final Logger LOG = LoggerFactory.getLogger(Continuation.class);

    /**
     * @throws dev.etljar.run.DataRefusedException where a file that is still to be read is not what it was
     * @throws dev.etljar.run.RunFailedException where the database holds less than the checkpoints say
     */
    void of(StepExecution step, Map<String, Partition> partitions) throws IOException {
        Set<InputFile> toRead = new LinkedHashSet<>();
        for (Partition partition : partitions.values()) {
            StepExecution last = jobRepository.getLastStepExecution(
                    step.getJobExecution().getJobInstance(), Phase.PROCESS + ":" + partition.name());
            if (last != null) {
                partition.put(checkpoint(partition, last));
            }
            if (last != null && last.getStatus() == BatchStatus.COMPLETED && !partition.isFinished()) {
                reopen(partition, last);
            }
            if (last == null || last.getStatus() != BatchStatus.COMPLETED) {
                toRead.add(partition.input());
            }
        }
        for (InputFile file : toRead) {
            file.requireContent(Files.size(file.path()), Sha256.of(file.path(), context.stop()));
        }
        partitions.values().forEach(staging::reconcile);
    }

    private Checkpoint checkpoint(Partition partition, StepExecution last) {
        return target.isRepository()
                ? Checkpoint.of(last.getExecutionContext(), partition.range().from())
                : checkpoints.find(partition).orElse(partition.checkpoint());
    }

    /** A target that lost what it had acknowledged has fewer rows than the repository knows of. */
    private void reopen(Partition partition, StepExecution last) {
        LOG.warn(
                "{} was complete, but its target is back at an earlier checkpoint and is loaded from there on",
                partition.input().source());
        last.setStatus(BatchStatus.FAILED);
        last.setExitStatus(ExitStatus.FAILED);
        jobRepository.update(last);
    }
}
