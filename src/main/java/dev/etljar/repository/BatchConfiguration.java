package dev.etljar.repository;

import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.context.annotation.Configuration;

/** Spring Batch's own beans. */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration extends JdbcDefaultBatchConfiguration {

    /** JSON, so that a person can read a checkpoint, and nothing is ever deserialised into arbitrary classes. */
    static final ExecutionContextSerializer SERIALIZER = new JacksonExecutionContextStringSerializer();

    @Override
    protected ExecutionContextSerializer getExecutionContextSerializer() {
        return SERIALIZER;
    }

    /** A record of a step is created in the transaction that holds the lease's row. */
    @Override
    protected boolean getValidateTransactionState() {
        return false;
    }
}
