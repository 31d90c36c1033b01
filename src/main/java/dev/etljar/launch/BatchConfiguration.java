package dev.etljar.launch;

import dev.etljar.database.Database;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.batch.infrastructure.support.DatabaseType;
import org.springframework.context.annotation.Configuration;

/** Spring Batch's own beans. */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration extends JdbcDefaultBatchConfiguration {

    private final Database database;

    BatchConfiguration(Database database) {
        this.database = database;
    }

    /** As the URL says: asking the database would wait for its first connection before anything else is made. */
    @Override
    protected String getDatabaseType() {
        return DatabaseType.fromProductName(database.name()).name();
    }

    /** JSON, so that a person can read a checkpoint, and nothing is ever deserialised into arbitrary classes. */
    @Override
    protected ExecutionContextSerializer getExecutionContextSerializer() {
        return new JacksonExecutionContextStringSerializer();
    }

    /** A record of a step is created in the transaction that holds the lease's row. */
    @Override
    protected boolean getValidateTransactionState() {
        return false;
    }
}
