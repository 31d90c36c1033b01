package dev.etljar.process;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.csv.FieldParser;
import dev.etljar.csv.RawRecord;
import dev.etljar.csv.RecordReader;
import dev.etljar.csv.UnfitException;
import dev.etljar.row.Header;
import dev.etljar.run.DataRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code rejects.csv} that a person corrected: of its columns only {@code key} and {@code raw} count, in whatever order, and the
 * delimiter is the one with which a spreadsheet saved it.
 */
final class CorrectedFile {

    private static final String KEY = "key";
    private static final String RAW = "raw";

    /** What a cell of Excel holds at the most; it cuts the rest. */
    private static final int EXCEL_CELL = 32_767;

    private final Path file;
    private final Map<String, String> cells = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private CorrectedFile(Path file) {
        this.file = file;
    }

    /** @throws DataRefusedException saying in which line it is not as it should be */
    static CorrectedFile read(Path file) throws IOException {
        CorrectedFile corrected = new CorrectedFile(file);
        for (String delimiter : List.of(",", ";", "\t")) {
            CsvDefinition csv = new CsvDefinition(delimiter, "\"", "none", true, StandardCharsets.UTF_8, List.of());
            List<String> names = Header.read(file, file.toString(), csv).names();
            if (names.contains(KEY) && names.contains(RAW)) {
                corrected.fill(csv, names.indexOf(KEY), names.indexOf(RAW));
                return corrected;
            }
        }
        throw new DataRefusedException(file + " has no columns 'key' and 'raw'; it is to be a corrected rejects.csv");
    }

    private void fill(CsvDefinition csv, int key, int raw) throws IOException {
        FieldParser parser = new FieldParser(csv);
        try (RecordReader records = new RecordReader(file, csv, dev.etljar.csv.Position.START, Long.MAX_VALUE)) {
            for (RawRecord record = records.next(); record != null; record = records.next()) {
                if (!record.blank()) {
                    add(record.line(), fields(parser, record), key, raw);
                }
            }
        }
    }

    private String[] fields(FieldParser parser, RawRecord record) {
        try {
            return parser.fields(record);
        } catch (UnfitException e) {
            throw new DataRefusedException(file + ":" + record.line() + ": " + e.reason() + "; save it as CSV UTF-8");
        }
    }

    private void add(long line, String[] fields, int key, int raw) {
        if (fields.length <= Math.max(key, raw)) {
            throw new DataRefusedException(file + ":" + line + ": there are " + fields.length
                    + " fields, and none for 'key' or 'raw'; is a line end missing its quotes?");
        }
        if (cells.put(fields[key], fields[raw]) != null) {
            throw new DataRefusedException(file + ":" + line + ": the key '" + fields[key] + "' is there twice");
        }
    }

    /**
     * What became of a reject, or null where its line was deleted or its record emptied.
     *
     * @param stored the record as it was rejected
     */
    @Nullable
    String corrected(String key, String stored) {
        @Nullable String cell = cells.get(key);
        if (cell == null) {
            return null;
        }
        used.add(key);
        // Who edits a cell in a spreadsheet loses the first apostrophe, and some save another line end within cells.
        if (sameLines(cell).equals(sameLines(stored))
                || sameLines(cell).equals(sameLines(SpreadsheetCell.exact(stored)))) {
            return stored;
        }
        String text = SpreadsheetCell.original(cell);
        if (cell.length() >= EXCEL_CELL - 1 && cell.length() <= EXCEL_CELL && stored.startsWith(text)) {
            throw new DataRefusedException(file + ": the record " + key + " has " + stored.length()
                    + " characters and was cut after " + text.length()
                    + " by a spreadsheet; correct this one in a text editor");
        }
        return text.isEmpty() ? null : text;
    }

    private static String sameLines(String text) {
        return text.replaceAll("\\R", "\n");
    }

    /** @throws DataRefusedException where a key is none of the run's rejects */
    void requireAllUsed(long instance) {
        Set<String> unknown = new HashSet<>(cells.keySet());
        unknown.removeAll(used);
        if (!unknown.isEmpty()) {
            throw new DataRefusedException(file + ": run " + instance + " has no reject with the key '"
                    + Objects.requireNonNull(unknown.iterator().next())
                    + "'; is the file that run's rejects.csv?");
        }
    }
}
