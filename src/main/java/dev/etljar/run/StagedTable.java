package dev.etljar.run;

import dev.etljar.database.Column;
import java.util.List;

/**
 * One load, written but not published.
 *
 * @param load the load's name in the definition
 * @param table the target table as the definition names it
 * @param staging the staging table's name
 * @param columns the loaded columns, as the definition names and types them
 * @param records records found in the input
 * @param loaded rows in the staging table
 * @param rejected records in the reject file
 * @param filtered blank lines, which are no records of data
 */
public record StagedTable(
        String load,
        String table,
        String staging,
        List<Column> columns,
        long records,
        long loaded,
        long rejected,
        long filtered) {

    /** The columns that a staging table has beside the loaded ones: where in the input a row came from. */
    public static final String FILE_COLUMN = "_etl_file";

    public static final String LINE_COLUMN = "_etl_line";

    public StagedTable {
        columns = List.copyOf(columns);
    }

    /** The loaded columns' names, as the definition has them. */
    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
