package dev.etljar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.etljar.definition.DefinitionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the table of bad-definitions.txt. */
class BadDefinitionTests {

    @TempDir
    Path home;

    record Case(String name, String yaml, List<String> errors) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyErrorIsNamedWithItsPlace(Case bad) throws IOException {
        Path file = home.resolve("config/jobs/bad.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, bad.yaml(), StandardCharsets.UTF_8);

        DefinitionException refused =
                catchThrowableOfType(DefinitionException.class, () -> new DefinitionReader(home).read("bad"));

        assertThat(refused).isNotNull();
        assertThat(refused.errors())
                .containsExactlyElementsOf(bad.errors().stream()
                        .map(error -> "config/jobs/bad.yml:" + error)
                        .toList());
        assertThat(refused).hasMessage(String.join(System.lineSeparator(), refused.errors()));
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = BadDefinitionTests.class.getResourceAsStream("bad-definitions.txt")) {
            String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(table.split("(?m)^=== ")).skip(1).map(BadDefinitionTests::parse);
        }
    }

    private static Case parse(String text) {
        String[] parts = text.split("(?m)^--- errors\n", 2);
        String[] nameAndYaml = parts[0].split("\n", 2);
        return new Case(
                nameAndYaml[0],
                nameAndYaml[1],
                parts[1].lines().filter(line -> !line.isBlank()).toList());
    }
}
