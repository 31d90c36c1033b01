package dev.etljar.csv;

import dev.etljar.run.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of a file's records, one after the other, that are read on their own: their numbers, their lines and what they hold
 * are those that a reader of the whole file finds.
 *
 * @param from where it begins
 * @param end the offset at which its last record ends
 * @param lastLine the physical line on which that ends; {@link Long#MAX_VALUE} for the file's end, which nobody counted
 */
public record Range(Position from, long end, long lastLine) {

    private static final int STEP = 1 << 22;

    /**
     * Cuts a file into ranges of about the same size. One pass over the file's beginning finds where: whether a newline ends a
     * record, only all that stands before it can tell.
     *
     * @param size the file's, in bytes
     * @param count how many ranges to make at most; there are fewer where records are large
     * @return the ranges' beginnings; the first is {@link Position#START}
     */
    public static List<Position> cut(Path file, CsvDefinition csv, long size, int count, StopSignal stop)
            throws IOException {
        List<Position> starts = new ArrayList<>(List.of(Position.START));
        if (count < 2) {
            return starts;
        }
        try (RecordReader reader = new RecordReader(file, csv, Position.START, Long.MAX_VALUE)) {
            for (int i = 1; i < count; i++) {
                long cut = size / count * i;
                if (cut > reader.position().offset() && skip(reader, cut, stop)) {
                    starts.add(reader.position());
                }
            }
        }
        return starts;
    }

    private static boolean skip(RecordReader reader, long cut, StopSignal stop) throws IOException {
        boolean more = true;
        while (more && reader.position().offset() < cut) {
            stop.throwIfRequested();
            more = reader.skipTo(Math.min(cut, reader.position().offset() + STEP));
        }
        return more;
    }

    /** The ranges that begin at these positions, of which the last one ends with the file. */
    public static List<Range> of(List<Position> starts, long size) {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            boolean last = i + 1 == starts.size();
            ranges.add(
                    last
                            ? new Range(starts.get(i), size, Long.MAX_VALUE)
                            : new Range(
                                    starts.get(i),
                                    starts.get(i + 1).offset(),
                                    starts.get(i + 1).line()));
        }
        return ranges;
    }
}
