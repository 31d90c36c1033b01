package dev.etljar.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class InputFileTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final StopSignal stop = new StopSignal();

    @Test
    void isTheSameAfterItWasStored() throws IOException {
        InputFile file = file("abc");

        assertThat(JSON.readValue(JSON.writeValueAsString(file), InputFile.class))
                .isEqualTo(file);
    }

    @Test
    void oneThatAnEarlierVersionStoredIsReadAndComparedByItsContent() throws IOException {
        InputFile file = file("abc");
        String stored = "{\"name\":\"a.csv\",\"path\":\"" + file.path().toUri() + "\",\"size\":3,\"sha256\":\""
                + file.sha256() + "\",\"source\":\"a.csv\"}";

        InputFile read = JSON.readValue(stored, InputFile.class);

        assertThat(read.stamp()).isNull();
        assertThat(read.isUntouched()).isFalse();
        assertThat(read.isUnchanged(stop)).isTrue();
        Files.writeString(file.path(), "abd");
        assertThat(read.isUnchanged(stop)).isFalse();
    }

    @Test
    void isNotReadWhereItIsUntouched() throws IOException {
        InputFile file = file("abc");
        FileTime modified = Files.getLastModifiedTime(file.path());
        Files.writeString(file.path(), "abd");
        Files.setLastModifiedTime(file.path(), modified);

        assertThat(file.isUnchanged(stop)).isTrue();
    }

    @Test
    void isReadWhereItWasTouchedOrReplaced() throws IOException {
        InputFile file = file("abc");
        Files.setLastModifiedTime(file.path(), FileTime.from(Instant.EPOCH));
        file.requireUnchanged(stop);
        Files.writeString(file.path(), "abd");

        assertThatThrownBy(() -> file.requireUnchanged(stop))
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("expected 3 bytes, sha256 " + Sha256.of("abc"))
                .hasMessageContaining("actual 3 bytes, sha256 " + Sha256.of("abd"));
    }

    @Test
    void anotherFileOfTheSameTimeAndSizeIsNotUntouched() throws IOException {
        InputFile file = file("abc");
        Path other = Files.writeString(folder.resolve("other"), "abd");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file.path()));
        Files.move(other, file.path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(file.isUntouched()).isFalse();
        assertThat(file.isUnchanged(stop)).isFalse();
    }

    @Test
    void oneThatIsGoneMayComeBack() throws IOException {
        InputFile file = file("abc");
        Files.delete(file.path());

        assertThatThrownBy(() -> file.requireUnchanged(stop))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("is gone")
                .hasMessageContaining("run again");
    }

    private InputFile file(String content) throws IOException {
        Path path = Files.writeString(folder.resolve("a.csv"), content);
        return new InputFile("a.csv", path, content.length(), Sha256.of(content), "a.csv", FileStamp.of(path));
    }
}
