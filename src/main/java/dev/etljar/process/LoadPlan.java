package dev.etljar.process;

import dev.etljar.database.TableName;
import dev.etljar.row.ColumnDefinition;
import dev.etljar.row.Header;
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
            List<Header> headers = new ArrayList<>();
            for (InputFile file : files) {
                headers.add(Header.read(file.path(), file.source(), load.csv()));
            }
            loads.add(new Load(i, load, columns(load, headers), files, headers, false, staging(stagingPrefix, i)));
        }
        return loads;
    }

    /**
     * Of a replay: the loads that had rejects.
     *
     * @param headers the original files' headers, in the order of the input
     */
    static List<Load> ofReplay(
            ProcessDefinition definition, String stagingPrefix, InputFiles input, List<Headers.Kept> headers) {
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < definition.loads().size(); i++) {
            List<InputFile> files = new ArrayList<>();
            List<Header> own = new ArrayList<>();
            for (int at = 0; at < headers.size(); at++) {
                if (headers.get(at).load() == i) {
                    files.add(input.files().get(at));
                    own.add(headers.get(at).header(input.files().get(at).source()));
                }
            }
            LoadDefinition load = definition.loads().get(i);
            if (!files.isEmpty()) {
                loads.add(new Load(i, load, columns(load, own), files, own, true, staging(stagingPrefix, i)));
            }
        }
        return loads;
    }

    private static TableName staging(String prefix, int index) {
        return new TableName(null, prefix + (index + 1));
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

    private static List<ColumnDefinition> columns(LoadDefinition load, List<Header> headers) {
        List<ColumnDefinition> columns = load.columns();
        for (Header header : headers) {
            if (columns.isEmpty()) {
                columns = header.textColumns();
            }
            header.indexes(columns);
        }
        return columns;
    }
}
