package dev.etljar.database;

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

    /** Whether it is the job repository's own database. */
    public boolean isRepository() {
        return name == null;
    }
}
