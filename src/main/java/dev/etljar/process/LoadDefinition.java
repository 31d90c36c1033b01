package dev.etljar.process;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.row.ColumnDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The files that fill one table.
 *
 * @param name of the load in messages and reports; the table's name where it is not given
 * @param after the names of the loads that must be complete before this one begins
 * @param files a glob over the names of what EXTRACT left, matched against the whole path and against its last part
 * @param table the target table, {@code table} or {@code schema.table}
 * @param create whether to create the target table when it is missing
 * @param key the columns by which {@code publish: upsert} finds its rows; {@code finalize.key} where it is empty
 * @param loadIdColumn the column in which each row of the table carries its publication's ID, so that it can be taken back;
 *     {@code none} for none
 * @param columns the columns to load; empty makes every header a text column of that name
 */
public record LoadDefinition(
        @Nullable String name,
        @DefaultValue List<String> after,
        String files,
        @DefaultValue("csv") Format format,
        @DefaultValue CsvDefinition csv,
        String table,
        @DefaultValue("false") boolean create,
        @DefaultValue List<String> key,
        @DefaultValue("_load_id") String loadIdColumn,
        @DefaultValue List<ColumnDefinition> columns,
        @DefaultValue RejectsDefinition rejects) {

    private static final String NONE = "none";

    /** The formats that can be read. */
    public enum Format {
        CSV
    }

    public LoadDefinition {
        name = name == null ? table : name;
        after = List.copyOf(after);
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        if (columns.isEmpty() && !csv.header()) {
            throw new IllegalArgumentException("without a header, 'columns' must be given");
        }
    }

    /** As it loads corrected rejects: in UTF-8, and however many of them are rejected again. */
    LoadDefinition ofReplay() {
        CsvDefinition text = new CsvDefinition(
                csv.delimiter(), csv.quote(), csv.escape(), csv.header(), StandardCharsets.UTF_8, csv.nullValues());
        return new LoadDefinition(
                name,
                after,
                files,
                format,
                text,
                table,
                create,
                key,
                loadIdColumn,
                columns,
                new RejectsDefinition("100%"));
    }

    /** The column in which each row carries its publication's ID, if there is to be one. */
    public Optional<String> loadId() {
        return loadIdColumn.equals(NONE) ? Optional.empty() : Optional.of(loadIdColumn);
    }

    /** The load's name; never null. */
    @Override
    public String name() {
        return name == null ? table : name;
    }
}
