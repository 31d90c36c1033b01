package dev.etljar.process;

import dev.etljar.csv.Position;
import dev.etljar.run.DataRefusedException;

/** Counts what became of the records of one partition, and knows the whole load's count of rejects. Used by one thread. */
final class PartitionTally {

    private final Partition partition;
    private long loaded;
    private long rejected;
    private long filtered;

    PartitionTally(Partition partition) {
        this.partition = partition;
    }

    void resume(Checkpoint checkpoint) {
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

    void filtered() {
        filtered++;
    }

    /** The checkpoint of what was counted up to here. */
    Checkpoint at(Position position) {
        Checkpoint checkpoint = new Checkpoint(partition.range().from(), position, loaded, rejected, filtered);
        partition.put(checkpoint);
        return checkpoint;
    }

    /** @throws DataRefusedException where the chunks that were stored hold more rejects than the load may have */
    void refuseTooManyRejects() {
        partition.tally().refuseTooManyRejects(false);
    }
}
