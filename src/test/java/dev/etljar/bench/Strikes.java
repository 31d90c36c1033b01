package dev.etljar.bench;

import dev.etljar.database.Database;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipInputStream;

/** The sample's 10,000 records, repeated: 14 columns of text, a date, decimals, and an integer that is often empty. */
final class Strikes {

    /** A column's name in the table, and its type in standard SQL. */
    record Column(String name, String type) {}

    static final List<Column> COLUMNS = List.of(
            new Column("airport", "varchar(80)"),
            new Column("aircraft", "varchar(40)"),
            new Column("damage", "varchar(20)"),
            new Column("flight_date", "date"),
            new Column("airline", "varchar(60)"),
            new Column("origin_state", "varchar(30)"),
            new Column("flight_phase", "varchar(20)"),
            new Column("wildlife_size", "varchar(10)"),
            new Column("species", "varchar(60)"),
            new Column("time_of_day", "varchar(10)"),
            new Column("cost_other", "decimal(12,2)"),
            new Column("cost_repair", "decimal(12,2)"),
            new Column("cost_total", "decimal(12,2)"),
            new Column("speed_knots", "integer"));

    private static final Path SAMPLE = Path.of("data/input/birdstrikes.zip");
    private static final int RECORDS_OF_SAMPLE = 10_000;

    private Strikes() {}

    /** Writes a file of that many records, rounded to whole samples; gives their number. */
    static long write(Path file, long records) throws IOException {
        String sample = sample();
        int headerEnd = sample.indexOf('\n') + 1;
        long times = Math.max(1, records / RECORDS_OF_SAMPLE);
        Files.createDirectories(file.getParent());
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(sample, 0, headerEnd);
            for (long i = 0; i < times; i++) {
                out.write(sample, headerEnd, sample.length() - headerEnd);
            }
        }
        return times * RECORDS_OF_SAMPLE;
    }

    private static String sample() throws IOException {
        try (InputStream in = Files.newInputStream(SAMPLE);
                ZipInputStream zip = new ZipInputStream(in)) {
            zip.getNextEntry();
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8)
                            .strip()
                            .replace("\r\n", "\n") + "\n";
        }
    }

    static List<String> names() {
        return COLUMNS.stream().map(Column::name).toList();
    }

    static String createTable(Database database, String table) {
        List<String> columns = COLUMNS.stream()
                .map(column -> database.quote(column.name()) + " " + column.type())
                .toList();
        return "create table " + database.quote(table) + " (" + String.join(", ", columns) + ")"
                + database.tableOptions();
    }

    /** The job that loads the file. */
    static String job(Path file, int checkpointEvery, int parallelism, String table) {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < COLUMNS.size(); i++) {
            columns.append("        - { name: %s, from: %d, type: \"%s\" }%n"
                    .formatted(COLUMNS.get(i).name(), i + 1, COLUMNS.get(i).type()));
        }
        return """
                download: [{ url: "%s" }]
                process:
                  checkpoint-every: %d
                  parallelism: %d
                  loads:
                    - files: "*.csv"
                      table: %s
                      create: true
                      columns:
                %s
                """.formatted(file.toAbsolutePath(), checkpointEvery, parallelism, table, columns);
    }
}
