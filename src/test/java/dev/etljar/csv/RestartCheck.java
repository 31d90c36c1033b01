package dev.etljar.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a file from each of its positions on, in small blocks, and expects what the whole reading gave. */
final class RestartCheck {

    private RestartCheck() {}

    static void verify(Path file, CsvDefinition csv, int block, String what) throws IOException {
        byte[] content = Files.readAllBytes(file);
        List<RawRecord> records = new ArrayList<>();
        List<Position> positions = new ArrayList<>();
        try (RecordReader reader = new RecordReader(file, csv, Position.START, Long.MAX_VALUE)) {
            positions.add(reader.position());
            for (RawRecord raw = reader.next(); raw != null; raw = reader.next()) {
                Position before = positions.get(positions.size() - 1);
                Position after = reader.position();
                assertThat(after.offset()).as(what).isGreaterThan(before.offset());
                assertThat(raw.offset()).as(what).isEqualTo(before.offset());
                assertThat(raw.line()).as(what).isEqualTo(before.line() + 1);
                assertThat(raw.record()).as(what).isEqualTo(after.record()).isEqualTo(before.record() + 1);
                int end = (int) raw.offset() + raw.bytes().length;
                assertThat(raw.bytes()).as(what).isEqualTo(Arrays.copyOfRange(content, (int) raw.offset(), end));
                records.add(raw);
                positions.add(after);
            }
        }
        assertThat(positions.get(positions.size() - 1).offset()).as(what).isEqualTo(content.length);
        for (int i = 0; i < positions.size(); i++) {
            List<RawRecord> rest = Dialects.read(file, csv, positions.get(i), block);
            assertThat(shown(rest))
                    .as("from %s of %s", positions.get(i), what)
                    .isEqualTo(shown(records.subList(i, records.size())));
        }
    }

    static List<String> shown(List<RawRecord> records) {
        return records.stream()
                .map(raw -> raw + " at byte " + raw.offset() + " " + Arrays.toString(raw.bytes()) + raw.malformed())
                .toList();
    }
}
