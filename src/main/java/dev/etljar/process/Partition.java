package dev.etljar.process;

import dev.etljar.run.InputFile;

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
}
