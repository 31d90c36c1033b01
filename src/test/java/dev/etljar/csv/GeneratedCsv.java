package dev.etljar.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A well-formed file made by chance: the records, and the text that says them in a dialect.
 *
 * @param records the fields of each
 * @param text without a byte order mark
 * @param byteOrderMark whether the file begins with one
 */
public record GeneratedCsv(List<List<String>> records, String text, boolean byteOrderMark) {

    private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\r");

    public static GeneratedCsv of(CsvDefinition csv, Random random) {
        List<List<String>> records = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int size = random.nextInt(12);
        for (int i = 0; i < size; i++) {
            List<String> record = new ArrayList<>();
            int fields = 1 + random.nextInt(4);
            for (int j = 0; j < fields; j++) {
                String field = field(csv, random);
                text.append(j == 0 ? "" : csv.delimiter()).append(written(csv, field, random));
                record.add(field);
            }
            records.add(record);
            boolean emptyLast = record.equals(List.of("")) && text.toString().matches("(?s).*[\r\n]|");
            if (i < size - 1 || emptyLast || random.nextBoolean()) {
                text.append(lineEnd(text, random));
            }
        }
        return new GeneratedCsv(records, text.toString(), random.nextInt(4) == 0);
    }

    public byte[] bytes() {
        return ((byteOrderMark ? "\uFEFF" : "") + text).getBytes(StandardCharsets.UTF_8);
    }

    /** An LF alone behind a CR would be one line end with it. */
    private static String lineEnd(StringBuilder text, Random random) {
        boolean afterCr = text.length() > 0 && text.charAt(text.length() - 1) == '\r';
        return afterCr ? "\r" : LINE_ENDS.get(random.nextInt(LINE_ENDS.size()));
    }

    private static String field(CsvDefinition csv, Random random) {
        List<String> parts =
                new ArrayList<>(List.of("a", "bc", "ä", "€", "😀", "x y", "\"", "'", ",", ";", "\t", "|", "^"));
        parts.addAll(List.of("\\", csv.delimiter(), csv.delimiter()));
        if (csv.quoteCharacter() != null) {
            parts.addAll(List.of("\n", "\r\n", "\r", csv.quote(), csv.quote()));
        }
        StringBuilder field = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            field.append(parts.get(random.nextInt(parts.size())));
        }
        boolean unsayable = csv.quoteCharacter() == null && csv.escapeCharacter() == null;
        return unsayable ? field.toString().replace(csv.delimiter(), "") : field.toString();
    }

    private static String written(CsvDefinition csv, String field, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            String c = field.substring(i, i + 1);
            if (c.equals(csv.escape()) || (c.equals(csv.delimiter()) && csv.quoteCharacter() == null)) {
                text.append(csv.escapeCharacter() == null ? "" : csv.escape());
            } else if (c.equals(csv.quote())) {
                text.append(csv.escapeCharacter() == null || random.nextBoolean() ? csv.quote() : csv.escape());
            }
            text.append(c);
        }
        boolean needsQuotes = field.contains(csv.delimiter())
                || field.contains(csv.quote())
                || field.contains("\n")
                || field.contains("\r");
        boolean quoted = csv.quoteCharacter() != null && (needsQuotes || random.nextInt(3) == 0);
        return quoted ? csv.quote() + text + csv.quote() : text.toString();
    }
}
