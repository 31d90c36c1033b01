package dev.etljar.selftest;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.CSVWriter;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.exceptions.CsvException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The {@code rejects.csv} of a run, which is read and corrected as a user would; none is one without records. */
record RejectFile(Path path) {

    /** In place of a record: it is not to be loaded any more. */
    static final String GIVEN_UP = "";

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int LINE = 2;
    private static final int RAW = 8;

    /** What becomes of a record. */
    interface Correction {
        String of(long line, String raw);
    }

    /** The lines of the input on which the rejected records begin. */
    List<Long> lines() throws IOException {
        return Files.exists(path)
                ? records().stream()
                        .skip(1)
                        .map(record -> Long.valueOf(record[LINE]))
                        .toList()
                : List.of();
    }

    /** Writes a file beside it with what is to be replayed. */
    void correct(Path to, Correction correction) throws IOException {
        try (Writer text = Files.newBufferedWriter(to);
                CSVWriter csv = new CSVWriter(text, ',', '"', '"', "\r\n")) {
            List<String[]> records = records();
            csv.writeNext(records.get(0));
            for (String[] record : records.subList(1, records.size())) {
                record[RAW] = correction.of(Long.parseLong(record[LINE]), record[RAW]);
                if (!record[RAW].equals(GIVEN_UP)) {
                    csv.writeNext(record);
                }
            }
        }
    }

    private List<String[]> records() throws IOException {
        try (Reader text = new StringReader(Files.readString(path).replace(BYTE_ORDER_MARK, ""));
                CSVReader csv = new CSVReaderBuilder(text)
                        .withCSVParser(new RFC4180ParserBuilder().build())
                        .build()) {
            return csv.readAll();
        } catch (CsvException e) {
            throw new IOException(e);
        }
    }
}
