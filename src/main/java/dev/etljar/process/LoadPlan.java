package dev.etljar.process;

import dev.etljar.database.TableName;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.Glob;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Gives each load its files and columns. */
final class LoadPlan {

    private LoadPlan() {}

    /**
     * @param stagingPrefix what the names of the staging tables begin with
     * @throws DataRefusedException where a load has no file, or its files have not the columns
     */
    static List<Load> of(ProcessDefinition definition, String stagingPrefix, InputFiles input) throws IOException {
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < definition.loads().size(); i++) {
            LoadDefinition load = definition.loads().get(i);
            List<InputFile> files = files(load, input);
            List<ColumnDefinition> columns = columns(load, files);
            loads.add(new Load(i, load, columns, files, new TableName(null, stagingPrefix + (i + 1))));
        }
        return loads;
    }

    private static List<InputFile> files(LoadDefinition load, InputFiles input) {
        Glob glob = Glob.of(load.files());
        List<InputFile> files =
                input.files().stream().filter(file -> glob.matches(file.name())).toList();
        if (files.isEmpty()) {
            throw new DataRefusedException("Load '" + load.name() + "': no file matches '" + load.files()
                    + "'; the input holds "
                    + input.files().stream().map(InputFile::name).limit(10).collect(Collectors.joining(", "))
                    + (input.files().size() > 10 ? ", …" : ""));
        }
        return files;
    }

    private static List<ColumnDefinition> columns(LoadDefinition load, List<InputFile> files) throws IOException {
        List<ColumnDefinition> columns = load.columns();
        for (InputFile file : files) {
            Header header = Header.read(file.path(), file.source(), load.csv());
            if (columns.isEmpty()) {
                columns = header.textColumns();
            }
            header.indexes(columns);
        }
        return columns;
    }
}
