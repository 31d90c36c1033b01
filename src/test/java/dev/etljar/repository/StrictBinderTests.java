package dev.etljar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/** What nobody reads is refused: with {@code urll} the load would go into the embedded database. */
class StrictBinderTests {

    private static final String URL = "spring.datasource.url: jdbc:postgresql://db1/etl\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "spring.datasource.urll: x        | 'spring.datasource.urll', did you mean 'spring.datasource.url'?",
                "spring.datasource.hikari.max-pool-size: 3 | 'spring.datasource.hikari.max-pool-size',"
                        + " did you mean 'spring.datasource.hikari.maximum-pool-size'?",
                "spring.datasource.colour: red    | 'spring.datasource.colour'",
                "spring.datasource.hikari.data-source-properties.ssl: true |",
                "spring.datasource.HIKARI.maximumPoolSize: 3 |"
            })
    void aDataSourceHasNoOtherProperties(String line, String problem) throws IOException {
        StandardEnvironment environment = environment(URL + line + "\n");
        DataSources sources = new DataSources(environment, Duration.ofSeconds(30));
        if (problem == null) {
            DataSource source = sources.open("spring.datasource");
            assertThat(source).isInstanceOf(HikariDataSource.class);
            ((HikariDataSource) source).close();
        } else {
            assertThatThrownBy(() -> sources.open("spring.datasource"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("application.yml, line 2, column " + (line.indexOf(':') + 3) + ": there is no property "
                            + problem);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "etl.leas: 1h             | 'etl.leas', did you mean 'etl.lease'?",
                "etl.target.dwh.url: x    | 'etl.target.dwh.url'",
                "etl.targets.dwh.url: x   |"
            })
    void neitherHasThisApplication(String line, String problem) throws IOException {
        StandardEnvironment environment = environment("etl.home: .\n" + line + "\n");
        RepositoryConfiguration configuration = new RepositoryConfiguration();
        if (problem == null) {
            assertThat(configuration.dataSources(environment).lease()).isEqualTo(Duration.ofSeconds(30));
        } else {
            assertThatThrownBy(() -> configuration.dataSources(environment))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith(": there is no property " + problem);
        }
    }

    @Test
    void environmentVariablesAreNotAsked() throws IOException {
        StandardEnvironment environment = environment(URL);
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("SPRING_DATASOURCE_OF", "another program")));

        try (HikariDataSource pool =
                (HikariDataSource) new DataSources(environment, Duration.ofSeconds(30)).open("spring.datasource")) {
            assertThat(pool.getJdbcUrl()).isEqualTo("jdbc:postgresql://db1/etl");
        }
    }

    /** What is given on the command line has no place in a file. */
    @Test
    void aPropertyWithoutAPlaceIsRefusedToo() throws IOException {
        StandardEnvironment environment = environment(URL);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("arguments", Map.of("spring.datasource.usrname", "ada")));

        assertThatThrownBy(() -> new DataSources(environment, Duration.ofSeconds(30)).open("spring.datasource"))
                .hasMessage("there is no property 'spring.datasource.usrname', did you mean"
                        + " 'spring.datasource.username'?");
    }

    private StandardEnvironment environment(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("application.yml"), yaml);
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("test", new FileSystemResource(file))
                .forEach(environment.getPropertySources()::addLast);
        return environment;
    }
}
