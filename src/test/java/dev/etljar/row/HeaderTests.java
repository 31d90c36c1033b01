package dev.etljar.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.csv.Dialects;
import dev.etljar.run.DataRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderTests {

    @TempDir
    private Path folder;

    @Test
    void findsColumnsByHeaderAndByPosition() throws IOException {
        Header header = read("\uFEFFid,\"Cost, total\",Name,Name\n1,2,3,4\n");
        assertThat(header.size()).isEqualTo(4);
        assertThat(header.indexes(List.of(
                        Columns.named("cost", new SourceField.Named("Cost, total")),
                        Columns.named("name", new SourceField.Numbered(4)),
                        Columns.named("id", null))))
                .containsExactly(1, 3, 0);
    }

    @Test
    void namesTheHeaderThatIsMissingTheNearestAndAll() throws IOException {
        Header header = read("Airport Name,Flight Date\n");
        assertThatThrownBy(() -> header.indexes(List.of(Columns.named("day", new SourceField.Named("flight-date")))))
                .isInstanceOf(DataRefusedException.class)
                .hasMessage("strikes.csv: column 'day' is to come from header 'flight-date', which is not there;"
                        + " did you mean 'Flight Date'? The headers are 'Airport Name', 'Flight Date'.");
        assertThatThrownBy(() -> header.indexes(List.of(Columns.named("xyz", null))))
                .hasMessageContaining("'xyz', which is not there. The headers are");
    }

    @Test
    void refusesAHeaderThatIsThereTwiceOnlyWhereAColumnNeedsIt() throws IOException {
        Header header = read("a,b,a\n");
        assertThat(header.indexes(List.of(Columns.named("b", null)))).containsExactly(1);
        assertThatThrownBy(() -> header.indexes(List.of(Columns.named("a", null))))
                .isInstanceOf(DataRefusedException.class)
                .hasMessage("strikes.csv: column 'a' is to come from header 'a', which is there 2 times; give 'from' as"
                        + " the field's position, such as 1. The headers are 'a', 'b', 'a'.");
    }

    @Test
    void refusesAPositionBehindTheLastField() throws IOException {
        Header header = read("a,b\n");
        assertThatThrownBy(() -> header.indexes(List.of(Columns.named("c", new SourceField.Numbered(3)))))
                .isInstanceOf(DataRefusedException.class)
                .hasMessage("strikes.csv: column 'c' is to come from field 3, but there are 2 fields");
    }

    @Test
    void everyHeaderCanBecomeATextColumn() throws IOException {
        Header header = read("a,b c\n");
        assertThat(header.textColumns()).containsExactly(Columns.named("a", null), Columns.named("b c", null));
        assertThatThrownBy(() -> read("a,,b\n").textColumns())
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("header 2 is empty");
        assertThatThrownBy(() -> read("Name,b,name\n").textColumns())
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("header 'name' is there more than once");
    }

    @Test
    void refusesAFileWithoutTheHeaderThatIsExpected() {
        for (String text : List.of("", "\uFEFF", "\n\n")) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(DataRefusedException.class)
                    .hasMessageStartingWith("strikes.csv is empty; a header is expected");
        }
        assertThatThrownBy(() -> read("\n\"a,b\n1,2\n"))
                .isInstanceOf(DataRefusedException.class)
                .hasMessage("strikes.csv:2: the header cannot be read: quote opened at column 1 is not closed"
                        + " before the end of the file");
    }

    @Test
    void withoutAHeaderTheFirstRecordThatCanBeReadTellsTheNumberOfFields() throws IOException {
        Path file = Files.writeString(folder.resolve("plain.csv"), "\n\"a\"b\n1,2,3\n4,5\n");
        assertThat(Header.read(file, "plain.csv", Dialects.comma())).isEqualTo(new Header("plain.csv", List.of(), 3));
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");
        Header none = Header.read(empty, "empty.csv", Dialects.comma());
        assertThat(none.indexes(List.of(Columns.text("a", 5)))).containsExactly(4);
    }

    private Header read(String text) throws IOException {
        Path file = Files.write(folder.resolve("strikes.csv"), text.getBytes(StandardCharsets.UTF_8));
        return Header.read(file, "strikes.csv", Dialects.commaWithHeader());
    }
}
