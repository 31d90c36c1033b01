package dev.etljar.database;

import com.zaxxer.hikari.HikariDataSource;
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
