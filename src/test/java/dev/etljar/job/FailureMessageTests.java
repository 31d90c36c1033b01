package dev.etljar.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** What an exception means is told in words that need no knowledge of Java. */
class FailureMessageTests {

    private static Exception withoutConnection(String pool, SQLException driver) {
        SQLException none = new SQLTransientConnectionException(
                pool + " - Connection is not available, request timed out after 2003ms (total=0, active=0)", driver);
        return new CannotGetJdbcConnectionException("Failed to obtain JDBC Connection", none);
    }

    @Test
    void aServerThatIsDownIsNamed() {
        Exception failure = withoutConnection(
                "spring.datasource (jdbc:postgresql://db:5432/etl)",
                new SQLException(
                        "Connection to db:5432 refused.", "08001", new ConnectException("Connection refused")));

        assertThat(FailureMessage.of(failure))
                .isEqualTo("The database does not answer: spring.datasource (jdbc:postgresql://db:5432/etl). It says:"
                        + " Connection to db:5432 refused. Start it, or correct spring.datasource.url in"
                        + " config/application.yml");
    }

    @Test
    void aHostThatIsNotKnownIsNamed() {
        Exception failure = withoutConnection(
                "etl.targets.warehouse (jdbc:postgresql://dwh/etl)",
                new SQLException("The connection attempt failed.", "08001", new UnknownHostException("dwh")));

        assertThat(FailureMessage.of(failure))
                .contains("etl.targets.warehouse (jdbc:postgresql://dwh/etl)", "the host 'dwh' is not known")
                .contains("etl.targets.warehouse.url");
    }

    /** PostgreSQL's driver asks for a password by itself, and that has no SQLSTATE of its own. */
    @Test
    void noPasswordAtAllIsAPersonsToCorrectToo() {
        Exception failure = withoutConnection(
                "spring.datasource (jdbc:postgresql://db/etl)",
                new SQLException(
                        "The server requested SCRAM-based authentication, but no password was provided.", "08004"));

        assertThat(FailureMessage.refusesUser(failure)).isTrue();
        assertThat(FailureMessage.of(failure))
                .startsWith("The database does not let the user in: spring.datasource (jdbc:postgresql://db/etl).")
                .contains("no password was provided")
                .endsWith("or in the environment: SPRING_DATASOURCE_PASSWORD");
    }

    @Test
    void aTargetThatRefusesTheUserHasItsOwnVariable() {
        Exception failure = withoutConnection(
                "etl.targets.ware-house (jdbc:mariadb://dwh/etl)", new SQLException("Access denied", "28000"));

        assertThat(FailureMessage.of(failure)).endsWith("or in the environment: ETL_TARGETS_WARE_HOUSE_PASSWORD");
    }

    @Test
    void aPoolWhoseConnectionsAreInUseIsNotDown() {
        Exception busy = new CannotGetJdbcConnectionException(
                "Failed to obtain JDBC Connection",
                new SQLTransientConnectionException("spring.datasource - Connection is not available, request timed"));

        assertThat(FailureMessage.of(busy)).startsWith("The database says: ");
    }

    @Test
    void filesAreToldWithoutJavasWords(@TempDir Path folder) {
        assertThat(FailureMessage.of(new NoSuchFileException("data/x.csv")))
                .isEqualTo("data/x.csv: there is no such file or folder");
        assertThat(FailureMessage.of(new FileSystemException("data/x.csv", null, "No space left on device")))
                .isEqualTo("data/x.csv: No space left on device");
        assertThat(FailureMessage.of(new UncheckedIOException(new IOException("broken pipe"))))
                .isEqualTo("broken pipe");
        AccessDeniedException denied = new AccessDeniedException(folder + "/./x.csv");
        assertThat(FailureMessage.of(new IllegalStateException(denied)))
                .startsWith(folder + "/x.csv may not be read or written by user '")
                .endsWith("'; give that user the right, or start as the owner");
        assertThat(FailureMessage.deniesAccess(new IllegalStateException(denied)))
                .isTrue();
        assertThat(FailureMessage.of(new AccessDeniedException("/proc/none/x.csv")))
                .startsWith("The folder /proc/none cannot be written to by user '");
    }
}
