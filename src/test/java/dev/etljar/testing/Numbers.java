package dev.etljar.testing;

import java.util.ArrayList;
import java.util.List;

/** A file of numbered records, and the job that loads it: what arrives can be compared with what was sent, row by row. */
public final class Numbers {

    private Numbers() {}

    /** The record with this number; some fields are quoted, hold the delimiter, a quote or a newline, or are empty. */
    public static String record(int number) {
        String text = switch (number % 5) {
            case 0 -> "\"a \"\"quoted\"\" text, " + number + "\"";
            case 1 -> "\"two\nlines " + number + "\"";
            case 2 -> "";
            default -> "text " + number;
        };
        return number + "," + text + "," + number % 97 + "." + number % 10 + ",2026-11-"
                + (1 + number % 28 < 10 ? "0" : "") + (1 + number % 28);
    }

    /** The row that the record becomes, as {@link EtlHome#rows} shows it. */
    public static String row(int number) {
        String text = switch (number % 5) {
            case 0 -> "a \"quoted\" text, " + number;
            case 1 -> "two\nlines " + number;
            case 2 -> "null";
            default -> "text " + number;
        };
        return number + "|" + text + "|" + number % 97 + "." + number % 10 + "|2026-11-"
                + (1 + number % 28 < 10 ? "0" : "") + (1 + number % 28);
    }

    public static String file(int records) {
        StringBuilder file = new StringBuilder("id,text,amount,sent\n");
        for (int i = 1; i <= records; i++) {
            file.append(record(i)).append('\n');
        }
        return file.toString();
    }

    public static List<String> rows(int records) {
        List<String> rows = new ArrayList<>(records);
        for (int i = 1; i <= records; i++) {
            rows.add(row(i));
        }
        return rows;
    }

    /** Selects what {@link #rows} gives. */
    public static final String SELECT = "select id, text, amount, sent from numbers order by id";

    /** Loads {@code data/input/numbers.csv} into the table {@code numbers}. */
    public static String job(int checkpointEvery) {
        return job("data/input/numbers.csv", checkpointEvery, "0", "append", "");
    }

    public static String job(String url, int checkpointEvery, String rejects, String publish, String rules) {
        return """
                download:
                  - url: %s
                process:
                  checkpoint-every: %d
                  loads:
                    - files: "*.csv"
                      table: numbers
                      create: true
                      columns:
                        - { name: id, type: integer, required: true }
                        - { name: text, type: varchar(100) }
                        - { name: amount, type: "decimal(10,1)" }
                        - { name: sent, type: date }
                      rejects: { max: %s }
                validate:
                  - { rule: unique, table: numbers, columns: [id] }
                %s
                finalize:
                  publish: %s
                """.formatted(url, checkpointEvery, rejects, rules.isEmpty() ? "" : "  " + rules, publish);
    }
}
