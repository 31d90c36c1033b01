package dev.etljar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        if (problem == null) {
            open(environment).close();
        } else {
            assertThatThrownBy(() -> open(environment))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("application.yml, line 2, column " + (line.indexOf(':') + 3) + ": there is no property "
                            + problem);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jndi-name: java:comp/jdbc/db",
                "hikari.jdbc-url: jdbc:postgresql://db2/etl",
                "hikari.data-source-class-name: org.postgresql.ds.PGSimpleDataSource"
            })
    void theUrlAloneNamesTheDatabase(String other) throws IOException {
        assertThatThrownBy(() -> open(environment(URL + "spring.datasource." + other + "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The database is the one of 'spring.datasource.url' alone: remove ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.datasource:\n", "spring.datasource: jdbc:postgresql://db1/etl\n"})
    void aDataSourceIsNoText(String yaml) throws IOException {
        assertThatThrownBy(() -> open(environment(yaml)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'spring.datasource' has no properties below it");
    }

    @Test
    void aPasswordThatBecameAKeyIsNotTold() throws IOException {
        assertThatThrownBy(
                        () -> open(environment("spring: { datasource: { url: 'jdbc:h2:mem:', password=geheim } }\n")))
                .hasMessageContaining("there is no property 'spring.datasource.password…'")
                .hasMessageNotContaining("geheim");
    }

    /** The property's own name is the longer one here. */
    @Test
    void aNameIsComparedByItsElements() throws IOException {
        assertThatThrownBy(() -> open(environment("spring.data-source.urll: x\n")))
                .hasMessageEndingWith("did you mean 'spring.datasource.url'?");
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

    /** Such as one of SPRING_APPLICATION_JSON. */
    @Test
    void aPropertyWithoutAPlaceIsRefusedToo() throws IOException {
        StandardEnvironment environment = environment(URL);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("json", Map.of("spring.datasource.usrname", "ada")));

        assertThatThrownBy(() -> open(environment))
                .hasMessage("there is no property 'spring.datasource.usrname', did you mean"
                        + " 'spring.datasource.username'?");
    }

    private static HikariDataSource open(StandardEnvironment environment) {
        return (HikariDataSource) new DataSources(environment, Duration.ofSeconds(30)).open("spring.datasource");
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
