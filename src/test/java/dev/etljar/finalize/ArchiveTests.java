package dev.etljar.finalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTests {

    @TempDir
    Path folder;

    @Test
    void whatIsPutBackTakesNoNewDeliverysPlace() throws IOException {
        Path archived = Files.writeString(folder.resolve("1-a.csv"), "archived");
        Path place = Files.writeString(folder.resolve("a.csv"), "new");

        assertThatThrownBy(() -> Archive.putBack(archived, place)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(place).hasContent("new");
        assertThat(archived).hasContent("archived");
    }
}
