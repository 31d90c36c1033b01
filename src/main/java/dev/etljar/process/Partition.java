package dev.etljar.process;

import dev.etljar.run.InputFile;
import dev.etljar.run.RunFailedException;

/**
 * One file of one load.
 *
 * @param file the file's place among the load's files, from 0
 * @param report says how far all partitions are
 */
record Partition(LoadTally tally, int file, Runnable report) {

    /** Pinned: it is part of the step's name, by which a restart finds the checkpoint. */
    String name() {
        return "load" + (load().index() + 1) + "-file" + (file + 1);
    }

    Load load() {
        return tally.load();
    }

    InputFile input() {
        return load().files().get(file);
    }

    /** Whether the checkpoint that was last stored stands at the end of the file and accounts for every record. */
    boolean isFinished() {
        Checkpoint checkpoint = tally.checkpoints().get(file);
        return checkpoint.position().offset() == input().size() && checkpoint.balances();
    }

    /** @throws RunFailedException where it was not read to its end */
    void requireFinished() {
        if (!isFinished()) {
            throw new RunFailedException(input().source() + " was left at byte "
                    + tally.checkpoints().get(file).position().offset() + " of " + input().size());
        }
    }
}
