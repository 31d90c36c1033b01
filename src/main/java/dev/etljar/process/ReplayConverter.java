package dev.etljar.process;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.csv.FieldParser;
import dev.etljar.csv.RawRecord;
import dev.etljar.csv.UnfitException;
import dev.etljar.row.Item;
import dev.etljar.row.RecordConverter;
import dev.etljar.row.RowConverter;
import java.nio.charset.StandardCharsets;

/** Converts the record that a record of a {@link ReplayFile} holds. Not thread-safe. */
final class ReplayConverter implements RecordConverter {

    private final FieldParser outer = new FieldParser(ReplayFile.CSV);
    private final CsvDefinition csv;
    private final RowConverter rows;

    ReplayConverter(CsvDefinition csv, RowConverter rows) {
        this.csv = csv;
        this.rows = rows;
    }

    @Override
    public Item convert(RawRecord raw) {
        String text = outer.text(raw);
        try {
            text = outer.fields(raw, text)[0];
            requireExact(text);
        } catch (UnfitException e) {
            return new Item.Reject(raw.line(), raw.record(), null, null, e.reason(), text);
        }
        return rows.convert(RawRecord.of(text.getBytes(StandardCharsets.UTF_8), raw, csv));
    }

    /** What stands for something else must not be loaded in its place. */
    private static void requireExact(String text) throws UnfitException {
        if (text.indexOf('\uFFFD') >= 0 || text.indexOf('\u2400') >= 0) {
            throw new UnfitException("the record has \uFFFD or \u2400, which stand for what could not be shown;"
                    + " write what belongs there");
        }
    }
}
