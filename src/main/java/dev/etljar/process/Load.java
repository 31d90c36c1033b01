package dev.etljar.process;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.database.TableName;
import dev.etljar.row.ColumnDefinition;
import dev.etljar.row.Header;
import dev.etljar.run.InputFile;
import dev.etljar.run.StagedTable;
import java.util.List;

/**
 * One load of this run: its definition, with what is known now that the input is there.
 *
 * @param index its place in the definition, from 0
 * @param columns the columns to load; the definition's, or those that the header names
 * @param files the input files, in a stable order
 * @param headers of the files
 * @param replayed whether the files hold rejected records, each as a field of its own
 * @param staging the table that is filled
 */
record Load(
        int index,
        LoadDefinition definition,
        List<ColumnDefinition> columns,
        List<InputFile> files,
        List<Header> headers,
        boolean replayed,
        TableName staging) {

    /** The columns that tell where in the input a staged row came from. */
    static final String FILE_COLUMN = StagedTable.FILE_COLUMN;

    static final String LINE_COLUMN = StagedTable.LINE_COLUMN;

    Load {
        columns = List.copyOf(columns);
        files = List.copyOf(files);
        headers = List.copyOf(headers);
    }

    /** The dialect of the files; a replayed record has the definition's within its field. */
    CsvDefinition csv() {
        return replayed ? ReplayFile.CSV : definition.csv();
    }

    List<String> columnNames() {
        return columns.stream().map(ColumnDefinition::name).toList();
    }

    @Override
    public String toString() {
        return definition.name();
    }
}
