package dev.etljar.process;

import dev.etljar.csv.Position;
import dev.etljar.run.DataRefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;

/** Counts what became of the records of one partition, and knows the whole load's count of rejects. Used by one thread. */
final class PartitionTally {

    private final Partition partition;
    private long loaded;
    private long rejected;
    private long filtered;
    private Done before = Done.NOTHING;
    private @Nullable StepExecution step;

    PartitionTally(Partition partition) {
        this.partition = partition;
    }

    /** From here on, the step's counts are of records. */
    void countIn(StepExecution execution) {
        step = execution;
    }

    void resume(Checkpoint checkpoint) {
        before = checkpoint.done();
        loaded = checkpoint.loaded();
        rejected = checkpoint.rejected();
        filtered = checkpoint.filtered();
        partition.put(checkpoint);
    }

    void loaded(long rows) {
        loaded += rows;
    }

    void rejected(long records) {
        rejected += records;
    }

    void filtered(long records) {
        filtered += records;
    }

    /** Rows that were counted as loaded, and the database has refused when the checkpoint was to be stored. */
    void refused(long rows) {
        loaded -= rows;
        rejected += rows;
        if (step != null) {
            at(partition.checkpoint().position()).store(step.getExecutionContext());
        }
        partition.report();
    }

    /** The checkpoint of what was counted up to here. */
    Checkpoint at(Position position) {
        Checkpoint checkpoint = new Checkpoint(partition.range().from(), position, loaded, rejected, filtered);
        count(checkpoint);
        return checkpoint;
    }

    /**
     * Counts no more than what was stored: what a chunk that was rolled back has rejected is nowhere. Spring Batch has put back the
     * step's context by then, but not all its counts (6.0.6).
     */
    void backToStored(StepExecution ended) {
        boolean hasCounted = ended.getReadCount() > 0;
        if (hasCounted) {
            count(Checkpoint.of(ended.getExecutionContext(), partition.range().from()));
        }
    }

    private void count(Checkpoint checkpoint) {
        partition.put(checkpoint);
        if (step != null) {
            Done now = checkpoint.done().minus(before);
            step.setReadCount(now.records());
            step.setWriteCount(now.loaded());
            step.setProcessSkipCount(now.rejected());
            step.setFilterCount(now.filtered());
        }
    }

    /** @throws DataRefusedException where the chunks that were stored hold more rejects than the load may have */
    void refuseTooManyRejects() {
        partition.tally().refuseTooManyRejects(false);
    }
}
