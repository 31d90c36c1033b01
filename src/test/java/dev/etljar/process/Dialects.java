package dev.etljar.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** CSV dialects and what a reader makes of a file in them. */
final class Dialects {

    private Dialects() {}

    static CsvDefinition csv(String delimiter, String quote, String escape) {
        return new CsvDefinition(delimiter, quote, escape, false, StandardCharsets.UTF_8, List.of(""));
    }

    static CsvDefinition comma() {
        return csv(",", "\"", "none");
    }

    static CsvDefinition commaWithHeader() {
        return new CsvDefinition(",", "\"", "none", true, StandardCharsets.UTF_8, List.of(""));
    }

    static CsvDefinition comma(Charset charset) {
        return new CsvDefinition(",", "\"", "none", false, charset, List.of(""));
    }

    /** Every combination of delimiter, quote and escape that a definition allows. */
    static List<CsvDefinition> all() {
        List<CsvDefinition> all = new ArrayList<>();
        for (String delimiter : List.of(",", ";", "\t", "|", " ")) {
            for (String quote : List.of("\"", "'", "none")) {
                for (String escape : List.of("none", "\\", "^")) {
                    all.add(csv(delimiter, quote, escape));
                }
            }
        }
        return all;
    }

    static List<RawRecord> read(Path file, CsvDefinition csv) throws IOException {
        return read(file, csv, Position.START, RecordReader.BLOCK);
    }

    static List<RawRecord> read(Path file, CsvDefinition csv, Position start, int block) throws IOException {
        List<RawRecord> records = new ArrayList<>();
        try (RecordReader reader = new RecordReader(file, csv, start, block, csv.header())) {
            for (RawRecord raw = reader.next(); raw != null; raw = reader.next()) {
                records.add(raw);
            }
        }
        return records;
    }

    /** A record of no file. */
    static RawRecord raw(byte[] bytes) {
        return new RawRecord(1, 1, 0, bytes, null);
    }

    static RawRecord raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }
}
