package dev.etljar.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTests {

    @TempDir
    Path folder;

    @Test
    void createsTheFolderAndLeavesNothingButTheFile() throws IOException {
        Path file = folder.resolve("a/b/report.txt");
        WholeFile.write(file, "one");
        WholeFile.write(file, "zwölf");
        assertThat(file).hasContent("zwölf");
        assertThat(folder.resolve("a/b").toFile().list()).containsExactly("report.txt");
    }

    @Test
    void whatAKilledWriterLeftIsOverwritten() throws IOException {
        Files.writeString(folder.resolve("report.txt.tmp"), "half of a much longer tex");
        WholeFile.write(folder.resolve("report.txt"), "whole");
        assertThat(folder.resolve("report.txt")).hasContent("whole");
        assertThat(folder.resolve("report.txt.tmp")).doesNotExist();
    }

    @Test
    void aFailureLeavesTheOldFileAndNoTemporaryOne() throws IOException {
        Path occupied = folder.resolve("report.txt");
        Files.createDirectories(occupied.resolve("by a folder"));
        assertThatThrownBy(() -> WholeFile.write(occupied, "new")).isInstanceOf(IOException.class);
        assertThat(occupied).isDirectory();
        assertThat(folder.resolve("report.txt.tmp")).doesNotExist();
    }

    @Test
    void halfASurrogatePairDoesNotStopTheWriting() throws IOException {
        WholeFile.write(folder.resolve("report.txt"), "a\ud83db");
        assertThat(folder.resolve("report.txt")).hasContent("a?b");
    }
}
