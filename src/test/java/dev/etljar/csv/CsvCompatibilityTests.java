package dev.etljar.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.opencsv.CSVParser;
import com.opencsv.CSVParserBuilder;
import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.ICSVParser;
import com.opencsv.RFC4180ParserBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of files made by chance, from fixed seeds, in every dialect. */
class CsvCompatibilityTests {

    private static final int FILES = 60;

    @TempDir
    private Path folder;

    @Test
    void readsWhatWasWrittenAndWhatOpenCsvReads() throws Exception {
        int records = 0;
        for (CsvDefinition csv : Dialects.all()) {
            for (int seed = 0; seed < FILES; seed++) {
                GeneratedCsv generated = GeneratedCsv.of(csv, new Random(seed));
                Path file = Files.write(folder.resolve("generated.csv"), generated.bytes());
                List<List<String>> read = fields(csv, Dialects.read(file, csv));
                assertThat(read).as(what(csv, seed, generated)).isEqualTo(generated.records());
                assertThat(withLf(read)).as(what(csv, seed, generated)).isEqualTo(openCsv(csv, generated.text()));
                records += read.size();
            }
        }
        assertThat(records).isGreaterThan(10_000);
    }

    @Test
    void goesOnAtEveryPositionAndInBlocksOfEverySize() throws Exception {
        for (CsvDefinition csv : Dialects.all()) {
            for (int seed = 0; seed < FILES; seed++) {
                GeneratedCsv generated = GeneratedCsv.of(csv, new Random(seed));
                Path file = Files.write(folder.resolve("generated.csv"), generated.bytes());
                RestartCheck.verify(file, csv, 1 + seed % 9, what(csv, seed, generated));
            }
        }
    }

    @Test
    void endsRecordsOfAnyTextWhereTheParserWithAnEscapeWould() throws Exception {
        int severalLines = 0;
        for (CsvDefinition csv : Dialects.all()) {
            if (csv.escapeCharacter() == null || csv.quoteCharacter() == null) {
                continue;
            }
            for (int seed = 0; seed < FILES * 5; seed++) {
                String text = garbage(csv, new Random(seed));
                Path file = Files.writeString(folder.resolve("garbage.csv"), text);
                List<Long> actual = new ArrayList<>();
                for (RawRecord raw : Dialects.read(file, csv, Position.START, 64)) {
                    actual.add(raw.malformed() == null ? raw.line() : -raw.line());
                }
                List<Long> expected = recordStarts(csv, text);
                severalLines += (int) text.lines().count() - expected.size();
                boolean pending = !expected.isEmpty() && expected.get(expected.size() - 1) < 0;
                assertThat(pending ? actual.subList(0, expected.size()) : actual)
                        .as("dialect %s, seed %d, text '%s'", csv, seed, text)
                        .isEqualTo(expected);
            }
        }
        assertThat(severalLines).isGreaterThan(5_000);
    }

    /** The line on which each record begins, negative for the one that the file ends in. */
    private static List<Long> recordStarts(CsvDefinition csv, String text) throws IOException {
        List<Long> starts = new ArrayList<>();
        ICSVParser parser = parser(csv);
        long number = 0;
        BufferedReader lines = new BufferedReader(new StringReader(text));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!parser.isPending()) {
                starts.add(number);
            }
            parser.parseLineMulti(line);
        }
        if (parser.isPending()) {
            starts.add(-starts.remove(starts.size() - 1));
        }
        return starts;
    }

    private static String garbage(CsvDefinition csv, Random random) {
        List<String> parts =
                List.of(csv.delimiter(), csv.quote(), csv.quote(), csv.escape(), "a", "ä", "\n", "\r", "\r\n");
        StringBuilder text = new StringBuilder("a");
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    private static List<List<String>> openCsv(CsvDefinition csv, String text) throws Exception {
        List<List<String>> records = new ArrayList<>();
        try (CSVReader reader = new CSVReaderBuilder(new StringReader(text))
                .withCSVParser(parser(csv))
                .build()) {
            for (String[] fields = reader.readNext(); fields != null; fields = reader.readNext()) {
                records.add(List.of(fields));
            }
        }
        return records;
    }

    private static ICSVParser parser(CsvDefinition csv) {
        Character quote = csv.quoteCharacter();
        Character escape = csv.escapeCharacter();
        char quoteCharacter = quote == null ? CSVParser.NULL_CHARACTER : quote;
        return escape == null
                ? new RFC4180ParserBuilder()
                        .withSeparator(csv.delimiterCharacter())
                        .withQuoteChar(quoteCharacter)
                        .build()
                : new CSVParserBuilder()
                        .withSeparator(csv.delimiterCharacter())
                        .withQuoteChar(quoteCharacter)
                        .withEscapeChar(escape)
                        .build();
    }

    private static List<List<String>> fields(CsvDefinition csv, List<RawRecord> records) throws UnfitException {
        FieldParser parser = new FieldParser(csv);
        List<List<String>> all = new ArrayList<>();
        for (RawRecord raw : records) {
            all.add(List.of(parser.fields(raw)));
        }
        return all;
    }

    /** As CSVReader has it. */
    private static List<List<String>> withLf(List<List<String>> records) {
        return records.stream()
                .map(fields -> fields.stream()
                        .map(field -> field.replace("\r\n", "\n").replace('\r', '\n'))
                        .toList())
                .toList();
    }

    private static String what(CsvDefinition csv, int seed, GeneratedCsv generated) {
        return "seed " + seed + ", " + csv + ", text '" + generated.text() + "'";
    }
}
