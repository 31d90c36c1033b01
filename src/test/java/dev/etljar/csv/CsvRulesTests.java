package dev.etljar.csv;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every rule of csv-rules.txt, in blocks of every small size and in a large one. */
class CsvRulesTests {

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> readsAsTheTableOfRulesSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        CsvDefinition csv = Dialects.comma();
        int number = 0;
        for (String line : rules()) {
            number++;
            if (line.startsWith("dialect ")) {
                String[] parts = line.split(" ", -1);
                csv = Dialects.csv(parts[1].replace("␉", "\t").replace("␠", " "), parts[2], parts[3]);
            } else if (line.contains(" => ") && !line.startsWith("#")) {
                String[] rule = line.split(" => ", -1);
                CsvDefinition dialect = csv;
                tests.add(DynamicTest.dynamicTest(number + ": " + line, () -> verify(dialect, rule[0], rule[1])));
            }
        }
        assertThat(tests).hasSizeGreaterThan(50);
        return tests;
    }

    private void verify(CsvDefinition csv, String input, String expected) throws IOException {
        Path file = Files.createTempFile(folder, "rule", ".csv");
        Files.writeString(file, invisible(input));
        for (int block : new int[] {1, 2, 3, 4, 5, 6, 7, 8, RecordReader.BLOCK}) {
            String actual = Dialects.read(file, csv, Position.START, block).stream()
                    .map(raw -> shown(csv, raw))
                    .collect(Collectors.joining(" ⏎ "));
            assertThat(actual.isEmpty() ? "nothing" : actual)
                    .as("blocks of %d bytes", block)
                    .isEqualTo(expected);
        }
    }

    private static String shown(CsvDefinition csv, RawRecord raw) {
        if (raw.blank()) {
            return "blank";
        }
        try {
            return List.of(new FieldParser(csv).fields(raw)).stream()
                    .map(field -> field.isEmpty() ? "∅" : visible(field))
                    .collect(Collectors.joining(" ¦ "));
        } catch (UnfitException e) {
            return "!" + visible(new String(raw.bytes(), StandardCharsets.UTF_8)) + "! " + e.reason();
        }
    }

    private static String invisible(String text) {
        return text.replace('␊', '\n')
                .replace('␍', '\r')
                .replace('␉', '\t')
                .replace('␠', ' ')
                .replace('␀', '\0')
                .replace("⟦BOM⟧", "\uFEFF")
                .replace("nothing", "");
    }

    private static String visible(String text) {
        return text.replace('\n', '␊')
                .replace('\r', '␍')
                .replace('\t', '␉')
                .replace('\0', '␀')
                .replace("\uFEFF", "⟦BOM⟧")
                .replace(' ', '␠');
    }

    private static List<String> rules() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                requireNonNull(CsvRulesTests.class.getResourceAsStream("csv-rules.txt")), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
