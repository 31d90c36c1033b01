package dev.etljar.process;

import dev.etljar.run.DataRefusedException;

/** What the checkpoints of a load's partitions, as they were last stored, sum up to. Thread-safe. */
final class LoadTally {

    private final Load load;
    private volatile Done done = Done.NOTHING;

    LoadTally(Load load) {
        this.load = load;
    }

    Load load() {
        return load;
    }

    /** A partition is where it was not before. */
    synchronized void moved(Done before, Done now) {
        done = done.minus(before).plus(now);
    }

    /** The sum over all partitions. */
    Done done() {
        return done;
    }

    /** @param complete whether all records are known, so that a share of them can be judged */
    boolean hasTooManyRejects(boolean complete) {
        Done sum = done;
        RejectsDefinition rejects = load.definition().rejects();
        return complete ? rejects.exceededBy(sum.rejected(), sum.records()) : rejects.exceededBy(sum.rejected());
    }

    /**
     * @param complete whether all records are known, so that a share of them can be judged
     * @throws DataRefusedException where there are more rejects than the load may have
     */
    void refuseTooManyRejects(boolean complete) {
        if (hasTooManyRejects(complete)) {
            Done sum = done;
            throw new DataRefusedException("Load '" + load + "': " + sum.rejected() + " of " + sum.records()
                    + " records were rejected, 'rejects.max' is "
                    + load.definition().rejects().max()
                    + "; nothing was published. See rejects.csv, correct the data or raise the limit, and run again");
        }
    }
}
