package dev.etljar.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.process.LoadDefinition;
import dev.etljar.row.ColumnDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The job that comes with the application. */
class SampleJobTests {

    private static final Path HOME = Path.of("");

    private final JobDefinition sample = new DefinitionReader(HOME).read("import");

    @Test
    void loadsEveryColumnOfItsFile() throws IOException {
        LoadDefinition load = sample.process().loads().get(0);

        List<String> sources = load.columns().stream()
                .map(column -> String.valueOf(column.from()))
                .toList();

        assertThat(sources)
                .containsExactlyElementsOf(header(load.files()).stream()
                        .map(name -> "'" + name + "'")
                        .toList());
        assertThat(load.columns().stream().filter(column -> !column.required()).map(ColumnDefinition::name))
                .containsExactly("speed_knots");
    }

    @Test
    void pointsEditorsToTheSchema() throws IOException {
        Path file = HOME.resolve("config/jobs/import.yml");
        String first = Files.readAllLines(file, StandardCharsets.UTF_8).get(0);

        assertThat(first).isEqualTo("# yaml-language-server: $schema=../job.schema.json");
        assertThat(file.resolveSibling(first.substring(first.indexOf('=') + 1))).isRegularFile();
    }

    private List<String> header(String entry) throws IOException {
        try (ZipFile zip = new ZipFile(sample.download().get(0).url());
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(zip.getInputStream(zip.getEntry(entry)), StandardCharsets.UTF_8))) {
            return List.of(reader.readLine().split(","));
        }
    }
}
