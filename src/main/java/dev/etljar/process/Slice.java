package dev.etljar.process;

import dev.etljar.csv.RawRecord;
import dev.etljar.database.RowWriter;
import dev.etljar.row.Item;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of one chunk, and what they became. For Spring Batch it is one item: what the framework does for each (6.0.6: two
 * observations, two events, six texts) would cost more than to read and convert a record.
 */
final class Slice {

    private final RowWriter writer;
    private final List<RawRecord> rows = new ArrayList<>();
    private final List<Item.Reject> rejects = new ArrayList<>();
    private int filtered;

    /** @param writer takes the rows' values at once: objects that live no longer than their record cost little */
    Slice(RowWriter writer) {
        this.writer = writer;
    }

    void add(Item item) {
        if (item instanceof Item.Row row) {
            rows.add(row.raw());
            writer.add(row.values());
        } else if (item instanceof Item.Reject reject) {
            rejects.add(reject);
        } else {
            filtered++;
        }
    }

    /** Records, blank lines among them. */
    int size() {
        return rows.size() + rejects.size() + filtered;
    }

    /** The records whose rows the writer has, in the order of the file. */
    List<RawRecord> rows() {
        return rows;
    }

    /** The rejects, to which those are added that the database refuses. */
    List<Item.Reject> rejects() {
        return rejects;
    }

    int filtered() {
        return filtered;
    }
}
