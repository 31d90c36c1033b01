package dev.etljar.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.run.StopSignal;
import dev.etljar.run.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the file, its ranges together hold the records, numbers and lines that the whole file holds. */
class RangeTests {

    private static final int FILES = 60;
    private static final int MOST_RANGES = 5;

    @TempDir
    private Path folder;

    @Test
    void rangesOfGeneratedFilesHoldWhatTheWholeFileHolds() throws Exception {
        for (CsvDefinition csv : Dialects.all()) {
            for (int seed = 0; seed < FILES; seed++) {
                byte[] content = GeneratedCsv.of(csv, new Random(seed)).bytes();
                verify(content, csv, "generated, seed " + seed + ", " + csv);
            }
        }
    }

    @Test
    void rangesOfGarbageHoldWhatTheWholeFileHolds() throws Exception {
        for (CsvDefinition csv : Dialects.all()) {
            for (int seed = 0; seed < FILES; seed++) {
                verify(Dialects.garbage(csv, new Random(seed)), csv, "garbage, seed " + seed + ", " + csv);
            }
        }
    }

    /** A quote that nobody closes is looked for across cuts, and found missing by each range in the same way. */
    @Test
    void anUnclosedQuoteCostsOneRecordWhereverTheFileIsCut() throws Exception {
        StringBuilder text = new StringBuilder("id,text\n");
        for (int i = 1; i <= 3_000; i++) {
            text.append(i).append(i % 700 == 0 ? ",\"never closed\n" : ",\"a\nb\"\n");
        }
        byte[] content = text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);

        verify(content, Dialects.commaWithHeader(), "unclosed quotes");
    }

    @Test
    void cutsALargeFileIntoAsManyRangesAsAskedForOfAboutTheSameSize() throws Exception {
        Path file = Files.writeString(folder.resolve("large.csv"), "0123456789\n".repeat(100_000));

        List<Position> starts = Range.cut(file, Dialects.comma(), Files.size(file), 4, new StopSignal());

        assertThat(starts)
                .containsExactly(
                        Position.START,
                        new Position(275_000, 25_000, 25_000),
                        new Position(550_000, 50_000, 50_000),
                        new Position(825_000, 75_000, 75_000));
    }

    @Test
    void oneRecordIsOneRange() throws Exception {
        Path file = Files.writeString(folder.resolve("one.csv"), "\"" + "a\n".repeat(500) + "\"");

        assertThat(Range.cut(file, Dialects.comma(), Files.size(file), 4, new StopSignal()))
                .containsExactly(Position.START);
    }

    @Test
    void stopsWhenAskedTo() throws Exception {
        Path file = Files.writeString(folder.resolve("large.csv"), "0123456789\n".repeat(1_000));
        StopSignal stop = new StopSignal();
        stop.request();

        assertThatThrownBy(() -> Range.cut(file, Dialects.comma(), Files.size(file), 2, stop))
                .isInstanceOf(StoppedException.class);
    }

    private void verify(byte[] content, CsvDefinition csv, String what) throws IOException {
        Path file = Files.write(folder.resolve("file.csv"), content);
        List<String> whole = RestartCheck.shown(Dialects.read(file, csv));
        for (int count = 2; count <= MOST_RANGES; count++) {
            List<Position> starts = Range.cut(file, csv, content.length, count, new StopSignal());
            List<RawRecord> records = new ArrayList<>();
            for (Range range : Range.of(starts, content.length)) {
                try (RecordReader reader = new RecordReader(file, csv, range.from(), range.end())) {
                    for (RawRecord raw = reader.next(); raw != null; raw = reader.next()) {
                        assertThat(raw.line())
                                .as(what)
                                .isGreaterThan(range.from().line())
                                .isLessThanOrEqualTo(range.lastLine());
                        records.add(raw);
                    }
                    assertThat(reader.position().offset()).as(what).isEqualTo(range.end());
                }
            }
            assertThat(RestartCheck.shown(records))
                    .as("%d ranges, %s", count, what)
                    .isEqualTo(whole);
        }
    }
}
