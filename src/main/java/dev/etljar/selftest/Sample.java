package dev.etljar.selftest;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The input of one round: records with quotes, delimiters and newlines in their fields, and some that are to be rejected.
 * What arrives can be compared with it row by row.
 *
 * @param rows what must be in the table: ID to text
 * @param bad what must be among the rejects, as it is once it is corrected, by the line in the file on which it begins
 */
record Sample(List<Row> rows, Map<Long, Row> bad, String csv) {

    /** What stands in a bad record in place of its amount. */
    static final String NO_NUMBER = "not a number";

    private static final int BAD_ONE_IN = 200;
    /** The same sample is the same file, byte for byte. */
    private static final LocalDateTime SAME_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static final String[] TEXTS = {
        "plain", "with \"quotes\"", "with, a comma", "over\ntwo lines", "", "äöü €", "'single' \\ back"
    };

    record Row(long id, String text, String amount) {}

    /**
     * @param firstId the first record's ID; the others follow
     * @param random decides the texts, and which records are bad
     */
    static Sample generate(long firstId, int records, Random random) {
        List<Row> rows = new ArrayList<>();
        Map<Long, Row> rejected = new LinkedHashMap<>();
        StringBuilder csv = new StringBuilder("id,text,amount\n");
        long line = 2;
        for (int i = 0; i < records; i++) {
            long id = firstId + i;
            String text = TEXTS[random.nextInt(TEXTS.length)];
            String amount = random.nextInt(100_000) + "." + random.nextInt(10) + random.nextInt(10);
            boolean bad = random.nextInt(BAD_ONE_IN) == 0;
            csv.append(id)
                    .append(",\"")
                    .append(text.replace("\"", "\"\""))
                    .append("\",")
                    .append(bad ? NO_NUMBER : amount)
                    .append('\n');
            Row row = new Row(id, text, amount);
            if (bad) {
                rejected.put(line, row);
            } else {
                rows.add(row);
            }
            line += text.contains("\n") ? 2 : 1;
        }
        return new Sample(rows, rejected, csv.toString());
    }

    /** Writes the input as an archive, so that EXTRACT has work to do. */
    void writeTo(Path zip) throws IOException {
        Files.createDirectories(zip.getParent());
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream archive = new ZipOutputStream(file, StandardCharsets.UTF_8);
                Writer text = new OutputStreamWriter(archive, StandardCharsets.UTF_8)) {
            ZipEntry entry = new ZipEntry("sample.csv");
            entry.setTimeLocal(SAME_TIME);
            archive.putNextEntry(entry);
            text.write(csv);
        }
    }
}
