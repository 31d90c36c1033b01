package dev.etljar.process;

import dev.etljar.csv.Position;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * How far one partition is: what Spring Batch stores with the step in each chunk's transaction.
 *
 * @param from where its first record begins
 * @param position where to go on reading
 * @param loaded rows in the staging table
 * @param rejected records among the rejects
 * @param filtered blank lines
 */
record Checkpoint(Position from, Position position, long loaded, long rejected, long filtered) {

    // Pinned: a renamed key would lose the progress of a run that was interrupted before the update.
    private static final String OFFSET = "checkpoint.offset";
    private static final String RECORD = "checkpoint.record";
    private static final String LINE = "checkpoint.line";
    private static final String LOADED = "checkpoint.loaded";
    private static final String REJECTED = "checkpoint.rejected";
    private static final String FILTERED = "checkpoint.filtered";

    /** Pinned, and only there where a partition does not begin with its file. */
    private static final String FROM_OFFSET = "checkpoint.from.offset";

    private static final String FROM_RECORD = "checkpoint.from.record";
    private static final String FROM_LINE = "checkpoint.from.line";

    Checkpoint {
        if (loaded < 0 || rejected < 0 || filtered < 0) {
            throw new IllegalArgumentException(
                    "a checkpoint counts from 0: " + loaded + ", " + rejected + ", " + filtered);
        }
    }

    /** Nothing done yet. */
    static Checkpoint at(Position from) {
        return new Checkpoint(from, from, 0, 0, 0);
    }

    /** The checkpoint of a partition of which only its step is known. */
    static Checkpoint of(ExecutionContext context) {
        return of(context, position(context, FROM_OFFSET, FROM_RECORD, FROM_LINE, Position.START));
    }

    /**
     * The checkpoint of the partition that begins there. Spring Batch stores a step's record before its context (6.0.6): a process
     * that is killed in between leaves an empty one.
     */
    static Checkpoint of(ExecutionContext context, Position from) {
        return new Checkpoint(
                from,
                position(context, OFFSET, RECORD, LINE, from),
                context.getLong(LOADED, 0),
                context.getLong(REJECTED, 0),
                context.getLong(FILTERED, 0));
    }

    private static Position position(
            ExecutionContext context, String offset, String record, String line, Position otherwise) {
        return context.containsKey(offset)
                ? new Position(context.getLong(offset), context.getLong(record), context.getLong(line))
                : otherwise;
    }

    void store(ExecutionContext context) {
        if (!from.equals(Position.START)) {
            context.putLong(FROM_OFFSET, from.offset());
            context.putLong(FROM_RECORD, from.record());
            context.putLong(FROM_LINE, from.line());
        }
        context.putLong(OFFSET, position.offset());
        context.putLong(RECORD, position.record());
        context.putLong(LINE, position.line());
        context.putLong(LOADED, loaded);
        context.putLong(REJECTED, rejected);
        context.putLong(FILTERED, filtered);
    }

    Done done() {
        return new Done(
                position.offset() - from.offset(), position.record() - from.record(), loaded, rejected, filtered);
    }
}
