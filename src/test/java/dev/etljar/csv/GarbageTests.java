package dev.etljar.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are no CSV at all: every byte belongs to one record, each read ends, and nothing is thrown but a reason. */
class GarbageTests {

    private static final int FILES = 60;

    @TempDir
    private Path folder;

    @Test
    void everyByteOfGarbageIsInOneRecordWhereverTheReadingBegan() throws Exception {
        for (CsvDefinition csv : Dialects.all()) {
            for (int seed = 0; seed < FILES; seed++) {
                Path file = Files.write(folder.resolve("garbage.csv"), Dialects.garbage(csv, new Random(seed)));
                RestartCheck.verify(file, csv, 1 + seed % 9, "seed " + seed + ", " + csv);
            }
        }
    }

    /** The parser must not see delimiters where the framing saw quotes, or the other way round. */
    @Test
    void theParserSplitsARecordWhereItsFramingSaysThatFieldsEnd() throws Exception {
        for (CsvDefinition csv : Dialects.all()) {
            if (csv.escapeCharacter() != null || csv.quoteCharacter() == null) {
                continue;
            }
            FieldParser parser = new FieldParser(csv);
            for (int seed = 0; seed < FILES * 5; seed++) {
                Path file = Files.write(folder.resolve("garbage.csv"), specialCharacters(csv, new Random(seed)));
                for (RawRecord raw : Dialects.read(file, csv, Position.START, 64)) {
                    if (raw.malformed() == null) {
                        assertThat(parser.fields(raw))
                                .as("seed %d, %s, %s", seed, csv, parser.text(raw))
                                .hasSize(countFields(csv, parser.text(raw)));
                    }
                }
            }
        }
    }

    private static int countFields(CsvDefinition csv, String text) {
        int fields = 1;
        boolean quoted = false;
        boolean atStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean quote = c == csv.quote().charAt(0);
            if (quote && (quoted || atStart)) {
                quoted = !quoted;
                atStart = !quoted; // a quote right behind the closing one opens again: together they are one quote
            } else {
                atStart = !quoted && c == csv.delimiterCharacter();
                fields += atStart ? 1 : 0;
            }
        }
        return fields;
    }

    private static byte[] specialCharacters(CsvDefinition csv, Random random) {
        String parts = csv.delimiter() + csv.quote() + csv.quote() + "a\n";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            text.append(parts.charAt(random.nextInt(parts.length())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
