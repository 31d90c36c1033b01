package dev.etljar.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.run.DataRefusedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTests {

    private static final String UNCLOSED = "quote opened at column 1 is not closed within 1000 lines or 1 MiB";

    @TempDir
    private Path folder;

    @Test
    void countsBytesRecordsAndPhysicalLines() throws IOException {
        Path file = write("\uFEFFa,b\r\n\"1\n2\",3\r\n\n4,5");
        try (RecordReader reader = new RecordReader(file, Dialects.commaWithHeader(), Position.START, Long.MAX_VALUE)) {
            assertThat(reader.position()).isEqualTo(new Position(8, 0, 1));
            assertThat(reader.next()).hasToString("record 1 at line 2 (7 bytes)");
            assertThat(reader.position()).isEqualTo(new Position(17, 1, 3));
            assertThat(reader.next()).hasToString("record 2 at line 4 (0 bytes)");
            assertThat(reader.position()).isEqualTo(new Position(18, 2, 4));
            assertThat(reader.next()).hasToString("record 3 at line 5 (3 bytes)");
            assertThat(reader.position()).isEqualTo(new Position(21, 3, 5));
            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
            assertThat(reader.position()).isEqualTo(new Position(21, 3, 5));
        }
    }

    @Test
    void skipsTheHeaderAtTheStartOnly() throws IOException {
        Path file = write("\n\n\"a\nb\"\n1\n2\n");
        assertThat(texts(Dialects.read(file, Dialects.commaWithHeader()))).containsExactly("1", "2");
        assertThat(texts(Dialects.read(file, Dialects.commaWithHeader(), new Position(10, 1, 5), 64)))
                .containsExactly("2");
    }

    @Test
    void anEmptyFileAndAHeaderAloneHaveNoRecords() throws IOException {
        assertThat(Dialects.read(write(""), Dialects.commaWithHeader())).isEmpty();
        assertThat(Dialects.read(write("a,b"), Dialects.commaWithHeader())).isEmpty();
        assertThat(Dialects.read(write("\uFEFFa,b\n"), Dialects.commaWithHeader()))
                .isEmpty();
    }

    @Test
    void refusesAFileThatIsShorterThanThePosition() throws IOException {
        Path file = write("a\n");
        assertThatThrownBy(() -> Dialects.read(file, Dialects.comma(), new Position(3, 2, 2), 64))
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining(file + " has 2 bytes, but reading is to go on at byte 3");
    }

    @Test
    void anUnclosedQuoteCostsOneRecordOfAMillionLines() throws IOException {
        Path file = write("\"a\n" + "b\n".repeat(5000));
        List<RawRecord> records = Dialects.read(file, Dialects.comma());
        assertThat(records).hasSize(5001);
        assertThat(records.get(0).malformed()).isEqualTo(UNCLOSED);
        assertThat(texts(records.subList(0, 1))).containsExactly("\"a");
        assertThat(records.subList(1, 5001)).allMatch(raw -> raw.malformed() == null);
        assertThat(records.get(5000).line()).isEqualTo(5001);
    }

    @Test
    void aRecordMayHaveAThousandLinesAndNotOneMore() throws IOException {
        Path thousand = write("\"" + "b\n".repeat(999) + "b\"\nc\n");
        assertThat(Dialects.read(thousand, Dialects.comma())).hasSize(2).allMatch(raw -> raw.malformed() == null);
        Path more = write("\"" + "b\n".repeat(1000) + "b\"\nc\n");
        assertThat(Dialects.read(more, Dialects.comma()).get(0).malformed()).isEqualTo(UNCLOSED);
        assertThat(Dialects.read(more, Dialects.comma())).hasSize(1002);
    }

    @Test
    void aRecordMayHaveOneMebibyteAndNotOneByteMore() throws IOException {
        for (String end : List.of("", "\n", "\r", "\r\n")) {
            String next = end.isEmpty() ? "" : "c";
            List<RawRecord> most =
                    Dialects.read(write("a".repeat(RecordReader.MAX_BYTES) + end + next), Dialects.comma());
            assertThat(most).hasSize(1 + next.length()).allMatch(raw -> raw.malformed() == null);

            Path file = write("a".repeat(RecordReader.MAX_BYTES + 1) + end + next);
            List<RawRecord> more = Dialects.read(file, Dialects.comma());
            assertThat(more).hasSize(1 + next.length());
            assertThat(more.get(0).malformed()).isEqualTo("the record is longer than 1000 lines or 1 MiB");
            assertThat(more.get(0).bytes()).hasSize(RecordReader.MAX_BYTES);
            RestartCheck.verify(file, Dialects.comma(), 4096, "a long line");
        }
    }

    @Test
    void aQuoteThatIsOpenForMoreThanOneMebibyteCostsItsLine() throws IOException {
        Path file = write("a,\"b\r\n" + "c".repeat(RecordReader.MAX_BYTES - 10) + "\r\n" + "d".repeat(100) + "\r\ne");
        List<RawRecord> records = Dialects.read(file, Dialects.comma());
        assertThat(records).hasSize(4);
        assertThat(records.get(0).malformed())
                .isEqualTo("quote opened at column 3 is not closed within 1000 lines or 1 MiB");
        assertThat(texts(records.subList(2, 4))).containsExactly("d".repeat(100), "e");
        RestartCheck.verify(file, Dialects.comma(), 4096, "an open quote");
    }

    @Test
    void aLineOfManyMebibytesIsSkippedToItsEnd() throws IOException {
        Path file = folder.resolve("long.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            writer.write("\"");
            for (int i = 0; i < 20; i++) {
                writer.write("a,b\"\"".repeat(1 << 18));
            }
            writer.write("\r\nc\n");
        }
        List<RawRecord> records = Dialects.read(file, Dialects.comma());
        assertThat(records).hasSize(2);
        assertThat(records.get(0).malformed()).isEqualTo(UNCLOSED);
        assertThat(records.get(0).bytes()).hasSize(RecordReader.MAX_BYTES);
        assertThat(texts(records.subList(1, 2))).containsExactly("c");
        assertThat(records.get(1).line()).isEqualTo(2);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "records", ".csv"), text);
    }

    private static List<String> texts(List<RawRecord> records) {
        return records.stream()
                .map(raw -> new String(raw.bytes(), StandardCharsets.UTF_8))
                .toList();
    }
}
