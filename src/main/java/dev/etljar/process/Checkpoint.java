package dev.etljar.process;

import dev.etljar.csv.Position;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * How far one file of one load is: what Spring Batch stores with the step in each chunk's transaction.
 *
 * @param position where to go on reading
 * @param loaded rows in the staging table
 * @param rejected records among the rejects
 * @param filtered blank lines
 */
record Checkpoint(Position position, long loaded, long rejected, long filtered) {

    /** Nothing done yet. */
    static final Checkpoint START = new Checkpoint(Position.START, 0, 0, 0);

    // Pinned: a renamed key would lose the progress of a run that was interrupted before the update.
    private static final String OFFSET = "checkpoint.offset";
    private static final String RECORD = "checkpoint.record";
    private static final String LINE = "checkpoint.line";
    private static final String LOADED = "checkpoint.loaded";
    private static final String REJECTED = "checkpoint.rejected";
    private static final String FILTERED = "checkpoint.filtered";

    Checkpoint {
        if (loaded < 0 || rejected < 0 || filtered < 0) {
            throw new IllegalArgumentException(
                    "a checkpoint counts from 0: " + loaded + ", " + rejected + ", " + filtered);
        }
    }

    static Checkpoint of(ExecutionContext context) {
        if (!context.containsKey(OFFSET)) {
            return START;
        }
        Position position = new Position(context.getLong(OFFSET), context.getLong(RECORD), context.getLong(LINE));
        return new Checkpoint(position, context.getLong(LOADED), context.getLong(REJECTED), context.getLong(FILTERED));
    }

    void store(ExecutionContext context) {
        context.putLong(OFFSET, position.offset());
        context.putLong(RECORD, position.record());
        context.putLong(LINE, position.line());
        context.putLong(LOADED, loaded);
        context.putLong(REJECTED, rejected);
        context.putLong(FILTERED, filtered);
    }

    /** A step that has read all of its file, but not counted all of it, has lost something. */
    boolean balances() {
        return position.record() == loaded + rejected + filtered;
    }

    Checkpoint plus(Checkpoint other) {
        Position sum = new Position(
                position.offset() + other.position.offset(),
                position.record() + other.position.record(),
                position.line() + other.position.line());
        return new Checkpoint(sum, loaded + other.loaded, rejected + other.rejected, filtered + other.filtered);
    }
}
