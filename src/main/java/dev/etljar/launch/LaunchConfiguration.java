package dev.etljar.launch;

import dev.etljar.database.Database;
import dev.etljar.job.JobAssembler;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The beans, and of Boot's auto-configuration only what they need. Boot's {@code BatchAutoConfiguration} is not among it:
 * it makes a job repository that keeps nothing, so that no run could ever be continued.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    BatchJdbcAutoConfiguration.class
})
public class LaunchConfiguration {

    @Bean
    Database database(DataSource dataSource) {
        return Database.of(dataSource);
    }

    /** JSON, so that a person can read a checkpoint, and nothing is ever deserialised into arbitrary classes. */
    @Bean
    ExecutionContextSerializer executionContextSerializer() {
        return new JacksonExecutionContextStringSerializer();
    }

    @Bean
    JobAssembler jobAssembler(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            DataSource dataSource,
            Database database) {
        return new JobAssembler(jobRepository, transactions, dataSource, database);
    }

    @Bean
    Launcher launcher(
            @Value("${etl.home}") Path home,
            JobRepository jobRepository,
            JobOperator jobOperator,
            JobAssembler assembler,
            DataSource dataSource,
            Database database) {
        return new Launcher(home, jobRepository, jobOperator, assembler, dataSource, database);
    }

    @Bean
    RunViews runViews(
            @Value("${etl.home}") Path home, JobRepository jobRepository, DataSource dataSource, Database database) {
        return new RunViews(
                new RunHistory(dataSource, jobRepository),
                new RunSummaries(home, jobRepository, dataSource),
                database,
                dataSource);
    }
}
