package dev.etljar.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.csv.Dialects;
import dev.etljar.csv.Position;
import dev.etljar.csv.RawRecord;
import dev.etljar.database.ColumnType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowConverterTests {

    private static final Header HEADER = new Header("a.csv", List.of("id", "name", "score"), 3);
    private static final List<ColumnDefinition> COLUMNS =
            List.of(column("score", "integer"), column("id", "bigint"), column("name", "varchar(250)"));

    @TempDir
    Path folder;

    private final RowConverter converter = new RowConverter(Dialects.commaWithHeader(), HEADER, COLUMNS, 3);

    @Test
    void aRowHasItsValuesInTheOrderOfTheColumns() {
        assertThat(converter.convert(record("7,\"a\r\nb\",\n"))).isInstanceOfSatisfying(Item.Row.class, row -> {
            assertThat(row.values()).containsExactly(null, 7L, "a\r\nb", 3, 12L);
        });
    }

    @Test
    void everyRowHasAnArrayOfItsOwn() {
        Item.Row first = (Item.Row) converter.convert(record("1,a,1"));
        converter.convert(record("2,b,2"));
        assertThat(first.values()).containsExactly(1, 1L, "a", 3, 12L);
    }

    @Test
    void theFirstColumnThatCannotBeConvertedDecides() {
        assertThat(converter.convert(record("x,a,y")))
                .isEqualTo(new Item.Reject(12, 10, "score", "y", "no whole number", "x,a,y"));
    }

    @Test
    void aRecordWithAnotherNumberOfFieldsIsRejected() {
        assertThat(converter.convert(record("1,a")))
                .isEqualTo(new Item.Reject(12, 10, null, null, "3 fields expected, 2 found", "1,a"));
        assertThat(converter.convert(record("1,a,2,")))
                .isEqualTo(new Item.Reject(12, 10, null, null, "3 fields expected, 4 found", "1,a,2,"));
    }

    @Test
    void aBlankLineIsNoRow() {
        assertThat(converter.convert(record(""))).isInstanceOf(Item.Blank.class);
    }

    @Test
    void aRejectShowsBytesThatCannotBeDecodedAndNulCharactersAsWhatTheyAre() {
        byte[] latin = "1,\u00E9,2".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(converter.convert(Dialects.raw(12, 10, latin))).isInstanceOfSatisfying(Item.Reject.class, reject -> {
            assertThat(reject.raw()).isEqualTo("1,\uFFFD,2");
            assertThat(reject.reason()).startsWith("malformed UTF-8 at byte 3");
        });
        assertThat(converter.convert(record("1,a\0b,2")))
                .isEqualTo(new Item.Reject(
                        12,
                        10,
                        "name",
                        "a␀b",
                        "a NUL character (U+0000) at character 2, which databases cannot store",
                        "1,a␀b,2"));
    }

    @Test
    void aRejectShowsTheFirstTwoHundredCharactersOfTheValueAndTheWholeRecord() {
        String tooLong = "😀".repeat(251);
        assertThat(converter.convert(record("1," + tooLong + ",2")))
                .isEqualTo(new Item.Reject(
                        12,
                        10,
                        "name",
                        "😀".repeat(100) + "…",
                        "251 characters, but varchar(250) takes at most 250",
                        "1," + tooLong + ",2"));
    }

    @Test
    void refusesADefinitionThatHasProblems() {
        assertThatThrownBy(() -> new RowConverter(
                        Dialects.comma(), HEADER, List.of(Columns.formatted("integer", "yyyy", "UTC")), 0))
                .isInstanceOf(RuntimeException.class);
        ColumnDefinition column = Columns.formatted("integer", "yyyy", "UTC");
        assertThatThrownBy(() ->
                        new RowConverter(Dialects.comma(), new Header("a.csv", List.of("a"), 1), List.of(column), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 'a': 'format' is for date, time and timestamp, not for integer; 'zone' is for"
                        + " timestamp, not for integer");
    }

    @Test
    void garbageBecomesRowsAndRejects() throws Exception {
        int rows = 0;
        int rejects = 0;
        for (CsvDefinition csv : Dialects.all()) {
            for (int seed = 0; seed < 60; seed++) {
                Path file = Files.write(folder.resolve("garbage.csv"), Dialects.garbage(csv, new Random(seed)));
                RowConverter converter =
                        new RowConverter(csv, new Header("garbage", List.of(), 1), List.of(Columns.text("a", 1)), 0);
                for (RawRecord raw : Dialects.read(file, csv, Position.START, 64)) {
                    Item item = converter.convert(raw);
                    rows += item instanceof Item.Row ? 1 : 0;
                    rejects += item instanceof Item.Reject ? 1 : 0;
                }
            }
        }
        assertThat(rows).isGreaterThan(1000);
        assertThat(rejects).isGreaterThan(1000);
    }

    private static RawRecord record(String text) {
        return Dialects.raw(12, 10, text.replaceAll("\n$", ""));
    }

    private static ColumnDefinition column(String name, String type) {
        return new ColumnDefinition(
                name, null, ColumnType.of(type), false, null, false, null, null, null, null, null, null, List.of());
    }
}
