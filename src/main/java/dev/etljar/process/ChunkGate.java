package dev.etljar.process;

import dev.etljar.run.TimeBox;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.batch.core.step.ThreadStepInterruptionPolicy;

/**
 * Lets another chunk of a partition begin where the run's time box does, and says how many records it may have. Spring Batch asks before
 * each chunk's transaction, when that of the one before is committed; a step that may not go on ends STOPPED. Used by one
 * thread.
 */
final class ChunkGate implements StepInterruptionPolicy {

    private final Partition partition;
    private final TimeBox timeBox;
    private final int checkpointEvery;
    private final StepInterruptionPolicy threads = new ThreadStepInterruptionPolicy();
    private int reserved;
    private long recordsBefore;

    ChunkGate(Partition partition, TimeBox timeBox, int checkpointEvery) {
        this.partition = partition;
        this.timeBox = timeBox;
        this.checkpointEvery = checkpointEvery;
    }

    @Override
    public void checkInterrupted(StepExecution step) throws JobInterruptedException {
        settle();
        if (!step.isTerminateOnly() && !partition.isFinished()) {
            reserved = timeBox.reserve(checkpointEvery);
            if (reserved == 0) {
                step.setTerminateOnly();
            }
        }
        threads.checkInterrupted(step);
    }

    /** How many records the chunk at hand may have. */
    int records() {
        return reserved;
    }

    /** To be called when the chunk at hand is committed. */
    void settle() {
        long records = partition.checkpoint().done().records();
        if (reserved > 0) {
            timeBox.spend(reserved, records - recordsBefore);
            reserved = 0;
        }
        recordsBefore = records;
    }
}
