package dev.etljar.process;

import dev.etljar.database.Target;
import dev.etljar.row.RecordConverter;
import dev.etljar.row.RowConverter;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import java.io.IOException;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;

/** Makes the chunk-oriented step of a partition: a chunk is one transaction of rows, rejects and checkpoint. */
record ChunkSteps(JobRepository jobRepository, Target target, RunContext context, int checkpointEvery) {

    Step of(String name, Partition partition, CheckpointStore checkpoints) throws IOException {
        Load load = partition.load();
        PartitionTally tally = new PartitionTally(partition);
        RowConverter rows = new RowConverter(
                load.definition().csv(), load.headers().get(partition.file()), load.columns(), partition.file());
        RecordConverter converter =
                load.replayed() ? new ReplayConverter(load.definition().csv(), rows) : rows;
        StagingWriter writer =
                new StagingWriter(target, load, context.id(), partition.file(), tally, rows, checkpointEvery);
        ChunkGate gate = new ChunkGate(partition, context.timeBox(), checkpointEvery);
        CheckpointReader reader =
                new CheckpointReader(partition, checkpoints, tally, context.stop(), converter, writer.rows(), gate);
        return new StepBuilder(name, jobRepository)
                .<Slice, Slice>chunk(1)
                .transactionManager(target.transactions())
                .reader(reader)
                .writer(writer)
                .interruptionPolicy(gate)
                .listener(new EndCheck(partition, reader, tally, gate))
                .build();
    }

    /**
     * A step that did not see the end of its input is never COMPLETED: Spring Batch ends the chunk loop of an
     * interrupted step as if the input had come to its end (seen in 6.0.6). Nor is one whose input was written to
     * meanwhile.
     */
    record EndCheck(Partition partition, CheckpointReader reader, PartitionTally tally, ChunkGate gate)
            implements StepExecutionListener {

        @Override
        public void beforeStep(StepExecution step) {
            tally.countIn(step);
        }

        @Override
        public ExitStatus afterStep(StepExecution step) {
            if (step.getStatus() != BatchStatus.COMPLETED) {
                tally.backToStored(step);
                return step.getExitStatus();
            }
            gate.settle();
            try {
                reader.requireUnchanged();
            } catch (IOException | RuntimeException e) {
                return failed(step, e, String.valueOf(e.getMessage()));
            }
            return partition.isFinished()
                    ? step.getExitStatus()
                    : failed(step, new RunFailedException(partition.unfinished()), partition.unfinished());
        }

        private static ExitStatus failed(StepExecution step, Exception failure, String message) {
            step.addFailureException(failure);
            step.setStatus(BatchStatus.FAILED);
            return new ExitStatus(ExitStatus.FAILED.getExitCode(), message);
        }
    }
}
