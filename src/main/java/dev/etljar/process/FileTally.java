package dev.etljar.process;

import dev.etljar.csv.Position;
import dev.etljar.run.DataRefusedException;

/** Counts what became of the records of one file, and knows the whole load's count of rejects. Used by one thread. */
final class FileTally {

    private final LoadTally load;
    private final int file;
    private long loaded;
    private long rejected;
    private long filtered;

    FileTally(LoadTally load, int file) {
        this.load = load;
        this.file = file;
    }

    void resume(Checkpoint checkpoint) {
        loaded = checkpoint.loaded();
        rejected = checkpoint.rejected();
        filtered = checkpoint.filtered();
        load.put(file, checkpoint);
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
        Checkpoint checkpoint = new Checkpoint(position, loaded, rejected, filtered);
        load.put(file, checkpoint);
        return checkpoint;
    }

    /** @throws DataRefusedException where the chunks that were stored hold more rejects than the load may have */
    void refuseTooManyRejects() {
        load.refuseTooManyRejects(false);
    }
}
