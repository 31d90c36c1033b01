package dev.etljar.process;

import dev.etljar.csv.Range;
import dev.etljar.run.InputFile;
import dev.etljar.run.RunFailedException;

/** A range of one file of one load, and the checkpoint that was last stored of it. Its checkpoint is set by one thread at a time. */
final class Partition {

    private final LoadTally tally;
    private final int file;
    private final String name;
    private final Range range;
    private final Runnable report;
    private volatile Checkpoint checkpoint;

    /**
     * @param file the file's place among the load's files, from 0
     * @param name pinned: it is part of the step's name, by which a restart finds the checkpoint
     * @param report says how far all partitions are
     */
    Partition(LoadTally tally, int file, String name, Range range, Runnable report) {
        this.tally = tally;
        this.file = file;
        this.name = name;
        this.range = range;
        this.report = report;
        this.checkpoint = Checkpoint.at(range.from());
    }

    LoadTally tally() {
        return tally;
    }

    Load load() {
        return tally.load();
    }

    int file() {
        return file;
    }

    InputFile input() {
        return load().files().get(file);
    }

    String name() {
        return name;
    }

    Range range() {
        return range;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    void put(Checkpoint stored) {
        tally.moved(checkpoint.done(), stored.done());
        checkpoint = stored;
    }

    void report() {
        report.run();
    }

    /** Whether the checkpoint that was last stored stands at the end of the range and accounts for every record. */
    boolean isFinished() {
        return checkpoint.position().offset() == range.end()
                && checkpoint.done().balances();
    }

    /** @throws RunFailedException where it was not read to its end */
    void requireFinished() {
        if (!isFinished()) {
            throw new RunFailedException(unfinished());
        }
    }

    /** How far it was read. */
    String unfinished() {
        return input().source() + " was left at byte " + checkpoint.position().offset() + " of " + range.end()
                + ", after " + checkpoint.position().record() + " records; run again to go on";
    }
}
