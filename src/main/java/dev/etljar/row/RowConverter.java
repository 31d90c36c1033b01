package dev.etljar.row;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.csv.FieldParser;
import dev.etljar.csv.RawRecord;
import dev.etljar.csv.UnfitException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a row, a reject or nothing of each record, always the same of the same. Not thread-safe. */
public final class RowConverter implements RecordConverter {

    /** What a row has behind its values: file and line. */
    private static final int PLACE = 2;

    private final FieldParser parser;
    private final Integer file;
    private final int expectedFields;
    private final int[] indexes;
    private final ColumnConverter[] columns;

    /**
     * @param columns in the order in which the rows have their values
     * @param file the file's place among the load's files, from 0
     * @throws dev.etljar.run.DataRefusedException where the header has not the fields that the columns need
     * @throws IllegalArgumentException where a column's definition has {@linkplain ColumnDefinition#problems() problems}
     */
    public RowConverter(CsvDefinition csv, Header header, List<ColumnDefinition> columns, int file) {
        this.parser = new FieldParser(csv);
        this.file = file;
        this.expectedFields = header.size();
        this.indexes = header.indexes(columns);
        this.columns = columns.stream()
                .map(column -> ColumnConverter.of(column, csv.nullValues()))
                .toArray(ColumnConverter[]::new);
    }

    /** The first of the load's columns that cannot be converted decides. */
    @Override
    public Item convert(RawRecord raw) {
        if (raw.blank()) {
            return new Item.Blank();
        }
        String text = parser.text(raw);
        try {
            return row(raw, text, parser.fields(raw, text));
        } catch (UnfitException e) {
            return new Item.Reject(raw.line(), raw.record(), null, null, e.reason(), text);
        }
    }

    private Item row(RawRecord raw, String text, String[] fields) throws UnfitException {
        if (fields.length != expectedFields) {
            throw new UnfitException(expectedFields + " fields expected, " + fields.length + " found");
        }
        @Nullable Object[] values = new @Nullable Object[indexes.length + PLACE];
        for (int i = 0; i < indexes.length; i++) {
            ColumnConverter column = columns[i];
            String field = fields[indexes[i]];
            try {
                values[i] = column.convert(field);
            } catch (UnfitException e) {
                return new Item.Reject(raw.line(), raw.record(), column.name(), field, e.reason(), text);
            }
        }
        values[indexes.length] = file;
        values[indexes.length + 1] = raw.line();
        return new Item.Row(raw, values);
    }
}
