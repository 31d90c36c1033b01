package dev.etljar.row;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.csv.FieldParser;
import dev.etljar.csv.RawRecord;
import dev.etljar.csv.RecordReader;
import dev.etljar.csv.UnfitException;
import dev.etljar.database.ColumnType;
import dev.etljar.run.DataRefusedException;
import dev.etljar.text.NearestName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the first record of a file says of all others.
 *
 * @param file the file's name in messages
 * @param names of the fields in their order; empty where the file has no header
 * @param size how many fields every record has
 */
public record Header(String file, List<String> names, int size) {

    private static final int MAX_LISTED = 50;

    public Header {
        names = List.copyOf(names);
    }

    /**
     * Reads the header, or without one the first record that can be read, for its number of fields.
     *
     * @param source the file's name in messages
     * @throws DataRefusedException where a header should be and is none
     */
    public static Header read(Path file, String source, CsvDefinition csv) throws IOException {
        FieldParser parser = new FieldParser(csv);
        try (RecordReader reader = RecordReader.withHeader(file, csv)) {
            RawRecord raw = reader.next();
            while (raw != null) {
                try {
                    if (!raw.blank()) {
                        List<String> fields = List.of(parser.fields(raw));
                        return new Header(source, csv.header() ? fields : List.of(), fields.size());
                    }
                } catch (UnfitException e) {
                    if (csv.header()) {
                        throw new DataRefusedException(
                                "%s:%d: the header cannot be read: %s".formatted(source, raw.line(), e.reason()));
                    }
                }
                raw = reader.next();
            }
        }
        if (csv.header()) {
            throw new DataRefusedException(
                    source + " is empty; a header is expected. Is it the right file, and whole?");
        }
        return new Header(source, List.of(), 0);
    }

    /**
     * Where the columns' values stand, from 0.
     *
     * @throws DataRefusedException naming the first column that has no field, or more than one
     */
    public int[] indexes(List<ColumnDefinition> columns) {
        return columns.stream().mapToInt(this::index).toArray();
    }

    /**
     * A text column for each header.
     *
     * @throws DataRefusedException where a header is empty or there twice
     */
    public List<ColumnDefinition> textColumns() {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new DataRefusedException(file + ": header " + (names.indexOf(name) + 1)
                        + " is empty and cannot name a column; list the load's 'columns'. " + listed());
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new DataRefusedException(file + ": header '" + name
                        + "' is there more than once and cannot name two columns; list the load's 'columns'. "
                        + listed());
            }
        }
        return names.stream().map(Header::textColumn).toList();
    }

    private static ColumnDefinition textColumn(String name) {
        return new ColumnDefinition(
                name, null, ColumnType.TEXT, false, null, false, null, null, null, null, null, null, List.of());
    }

    private int index(ColumnDefinition column) {
        if (column.source() instanceof SourceField.Numbered numbered) {
            // A file without any record that can be read has no rows to disappoint.
            if (numbered.position() > size && size > 0) {
                throw new DataRefusedException("%s: column '%s' is to come from field %d, but there are %d fields"
                        .formatted(file, column.name(), numbered.position(), size));
            }
            return numbered.position() - 1;
        }
        String wanted = ((SourceField.Named) column.source()).header();
        int index = names.indexOf(wanted);
        if (index < 0) {
            throw new DataRefusedException("%s: column '%s' is to come from header '%s', which is not there%s %s"
                    .formatted(file, column.name(), wanted, nearest(wanted), listed()));
        }
        if (index != names.lastIndexOf(wanted)) {
            throw new DataRefusedException(
                    ("%s: column '%s' is to come from header '%s', which is there %d times; give 'from' as the field's"
                                    + " position, such as %d. %s")
                            .formatted(
                                    file,
                                    column.name(),
                                    wanted,
                                    Collections.frequency(names, wanted),
                                    index + 1,
                                    listed()));
        }
        return index;
    }

    private String listed() {
        if (names.isEmpty()) {
            return "The file has no header.";
        }
        String all =
                names.stream().limit(MAX_LISTED).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return "The headers are " + all
                + (names.size() > MAX_LISTED ? " and " + (names.size() - MAX_LISTED) + " more." : ".");
    }

    private String nearest(String wanted) {
        return NearestName.of(wanted, names)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse(".");
    }
}
