package dev.etljar.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.etljar.run.ExitCode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.yaml.snakeyaml.Yaml;

/** What keeps the application from starting: what a person has to correct must not be tried again for ever. */
class StartFailureTests {

    @Test
    void aValueThatCannotBeIsAPersonsToCorrect() {
        Throwable failure = new BeanCreationException(
                "bean", new IllegalArgumentException("The database of 'jdbc:oracle:…' is not supported"));

        assertThat(StartFailure.exitCode(failure)).isEqualTo(ExitCode.WRONG);
        assertThat(StartFailure.message(failure))
                .isEqualTo("The application cannot start: The database of 'jdbc:oracle:…' is not supported");
    }

    @Test
    void aConfigurationThatIsNotYamlIsAPersonsToCorrectAndItsPlaceIsTold() {
        Throwable failure = catchThrowable(() -> new Yaml().<Object>load("etl:\n  lease: a: b\n"));

        assertThat(StartFailure.exitCode(failure)).isEqualTo(ExitCode.WRONG);
        assertThat(StartFailure.message(new IllegalStateException(failure)))
                .startsWith("The application cannot start: not YAML in line 2, column 11 of the configuration: ")
                .endsWith("mapping values are not allowed here");
    }

    @Test
    void whatACommandStumblesOverAfterTheStartIsNoWrongConfiguration() {
        assertThat(StartFailure.exitCode(new IllegalArgumentException("no such status")))
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aDatabaseThatCannotBeReachedMayPass() {
        assertThat(StartFailure.exitCode(new IllegalStateException(new SQLException("refused", "08001"))))
                .isEqualTo(ExitCode.FAILED);
    }
}
