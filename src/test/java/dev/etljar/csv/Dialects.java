package dev.etljar.csv;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** CSV dialects and what a reader makes of a file in them. */
public final class Dialects {

    private Dialects() {}

    public static CsvDefinition csv(String delimiter, String quote, String escape) {
        return new CsvDefinition(delimiter, quote, escape, false, StandardCharsets.UTF_8, List.of(""));
    }

    public static CsvDefinition comma() {
        return csv(",", "\"", "none");
    }

    public static CsvDefinition commaWithHeader() {
        return new CsvDefinition(",", "\"", "none", true, StandardCharsets.UTF_8, List.of(""));
    }

    public static CsvDefinition comma(Charset charset) {
        return new CsvDefinition(",", "\"", "none", false, charset, List.of(""));
    }

    /** Every combination of delimiter, quote and escape that a definition allows. */
    public static List<CsvDefinition> all() {
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

    public static List<RawRecord> read(Path file, CsvDefinition csv) throws IOException {
        return read(file, csv, Position.START, RecordReader.BLOCK);
    }

    public static List<RawRecord> read(Path file, CsvDefinition csv, Position start, int block) throws IOException {
        List<RawRecord> records = new ArrayList<>();
        try (RecordReader reader = new RecordReader(file, csv, start, Long.MAX_VALUE, block, csv.header())) {
            for (RawRecord raw = reader.next(); raw != null; raw = reader.next()) {
                records.add(raw);
            }
        }
        return records;
    }

    /** A record of no file. */
    public static RawRecord raw(byte[] bytes) {
        return new RawRecord(1, 1, 0, bytes, false, null);
    }

    public static RawRecord raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A record at some place in a file. */
    public static RawRecord raw(long line, long record, String text) {
        return raw(line, record, text.getBytes(StandardCharsets.UTF_8));
    }

    public static RawRecord raw(long line, long record, byte[] bytes) {
        return new RawRecord(line, record, 0, bytes, false, null);
    }

    /** Bytes at random, most of them special ones of the dialect. */
    public static byte[] garbage(CsvDefinition csv, Random random) {
        byte[] special = (csv.delimiter() + csv.quote() + csv.escape() + "\n\r\0").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[random.nextInt(120)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (random.nextInt(3) > 0) {
                bytes[i] = special[random.nextInt(special.length)];
            }
        }
        return bytes;
    }
}
