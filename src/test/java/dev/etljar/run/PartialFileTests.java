package dev.etljar.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialFileTests {

    @TempDir
    Path folder = Path.of("set by JUnit");

    @Test
    void theFileAppearsUnderItsNameWhenItIsWhole() {
        Path target = folder.resolve("sub/a.csv");
        try (PartialFile partial = PartialFile.create(folder.resolve("a.part"))) {
            partial.write(bytes("one"));
            partial.write(bytes("two"));
            assertThat(target).doesNotExist();
            assertThat(partial.sha256()).isEqualTo(Sha256.of("onetwo"));
            assertThat(partial.complete(target)).isEqualTo(Sha256.of("onetwo"));
        }
        assertThat(target).hasContent("onetwo");
        assertThat(folder.resolve("a.part")).doesNotExist();
    }

    @Test
    void whatIsNotCompletedLeavesNothingAndKeepsWhatWasThere() throws IOException {
        Path target = Files.writeString(folder.resolve("a.csv"), "before");
        try (PartialFile partial = PartialFile.create(folder.resolve("a.part"))) {
            partial.write(bytes("one"));
        }
        assertThat(target).hasContent("before");
        assertThat(folder.resolve("a.part")).doesNotExist();
    }

    @Test
    void whatAKillLeftIsOverwritten() throws IOException {
        Files.writeString(folder.resolve("a.part"), "much longer than the file");
        try (PartialFile partial = PartialFile.create(folder.resolve("a.part"))) {
            partial.write(bytes("one"));
            partial.complete(folder.resolve("a.csv"));
        }
        assertThat(folder.resolve("a.csv")).hasContent("one");
    }

    @Test
    void aFailureNamesTheFolderTheBytesAndTheRoom() throws IOException {
        Files.createDirectories(folder.resolve("a.csv/in the way"));
        try (PartialFile partial = PartialFile.create(folder.resolve("a.part"))) {
            partial.write(bytes("one"));

            assertThatThrownBy(() -> partial.complete(folder.resolve("a.csv")))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("cannot write to " + folder)
                    .hasMessageContaining("after 3 bytes of a.csv")
                    .hasMessageContaining("bytes free");
        }
        assertThat(folder.resolve("a.part")).doesNotExist();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
