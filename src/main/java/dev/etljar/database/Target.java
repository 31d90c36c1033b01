package dev.etljar.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The database that a job loads into.
 *
 * @param name as the definition has it, or null for the job repository's own database, where a chunk's rows and Spring
 *     Batch's records share a transaction
 */
public record Target(
        @Nullable String name, DataSource dataSource, Database database, PlatformTransactionManager transactions) {

    /** Milliseconds that a run that was asked to stop waits for a connection. */
    private static final long HURRIED = 1_000;

    /** From here on a connection is not waited for long: the run was asked to stop. */
    public void hurry() {
        if (dataSource instanceof OneWriter oneWriter) {
            oneWriter.hurry();
        } else if (dataSource instanceof HikariDataSource pool) {
            hurry(pool);
        }
    }

    /** The JDBC URL as it is configured, perhaps with a password in it; empty where it is not known. */
    public String url() {
        return looking() instanceof HikariDataSource pool ? pool.getJdbcUrl() : "";
    }

    /**
     * One attempt to connect. The pool would try again until its time is over, also where the user is not let in.
     *
     * @throws SQLException as the driver has it
     */
    public Connection connect() throws SQLException {
        if (looking() instanceof HikariDataSource pool) {
            @Nullable DataSource driver = pool.getDataSource();
            return (driver == null ? OneWriter.driver(pool) : driver).getConnection();
        }
        return looking().getConnection();
    }

    /** Connections for looking only: in an embedded database they wait for nobody who writes. */
    public DataSource looking() {
        return dataSource instanceof OneWriter oneWriter ? oneWriter.looking() : dataSource;
    }

    static void hurry(HikariDataSource pool) {
        pool.setConnectionTimeout(HURRIED);
    }

    /** Whether it is the job repository's own database. */
    public boolean isRepository() {
        return name == null;
    }
}
