package dev.etljar.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.etljar.database.Database;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The same load by plain Spring Batch, as its manual shows it: a flat file reader, typed values, a JDBC batch writer with
 * the drivers' batch options on, one chunk-oriented step, the job repository in the same database. It prints how long the
 * step took, in milliseconds.
 */
public final class PlainStep {

    private PlainStep() {}

    /** @param arguments JDBC URL, user, password, file, table, items in a chunk */
    public static void main(String[] arguments) throws Exception {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(Arguments.class, () -> Arguments.of(arguments));
            context.register(Beans.class);
            context.refresh();
            JobExecution execution =
                    context.getBean(JobOperator.class).start(context.getBean(Job.class), new JobParameters());
            StepExecution step = execution.getStepExecutions().iterator().next();
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                throw new IllegalStateException(step.toString());
            }
            System.out.println(
                    Duration.between(step.getStartTime(), step.getEndTime()).toMillis());
        }
    }

    private record Arguments(String url, String username, String password, Path file, String table, int chunk) {
        static Arguments of(String[] text) {
            return new Arguments(text[0], text[1], text[2], Path.of(text[3]), text[4], Integer.parseInt(text[5]));
        }

        Database database() {
            return Database.of(url);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans extends JdbcDefaultBatchConfiguration {

        @Bean
        DataSource dataSource(Arguments arguments) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(arguments.url());
            pool.setUsername(arguments.username());
            pool.setPassword(arguments.password());
            if (arguments.url().startsWith("jdbc:postgresql:")) {
                pool.addDataSourceProperty("reWriteBatchedInserts", "true");
            } else if (arguments.url().startsWith("jdbc:mariadb:")) {
                pool.addDataSourceProperty("useBulkStmts", "true");
            }
            ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
                    arguments.database().batchSchema().toArray(Resource[]::new));
            populator.setContinueOnError(true);
            DatabasePopulatorUtils.execute(populator, pool);
            return pool;
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        Job job(
                JobRepository repository,
                PlatformTransactionManager transactions,
                DataSource data,
                Arguments arguments) {
            Step step = new StepBuilder("load", repository)
                    .<Object[], Object[]>chunk(arguments.chunk())
                    .transactionManager(transactions)
                    .reader(reader(arguments))
                    .writer(writer(data, arguments))
                    .build();
            return new JobBuilder("plain", repository).start(step).build();
        }

        private static FlatFileItemReader<Object[]> reader(Arguments arguments) {
            return new FlatFileItemReaderBuilder<Object[]>()
                    .name("file")
                    .resource(new FileSystemResource(arguments.file()))
                    .linesToSkip(1)
                    .delimited()
                    .names(Strikes.names().toArray(new String[0]))
                    .fieldSetMapper(fields -> {
                        @Nullable Object[] values = new @Nullable Object[Strikes.COLUMNS.size()];
                        for (int i = 0; i < values.length; i++) {
                            String text = Objects.requireNonNullElse(fields.readString(i), "");
                            values[i] = text.isEmpty()
                                    ? null
                                    : value(Strikes.COLUMNS.get(i).type(), text);
                        }
                        return values;
                    })
                    .build();
        }

        private static Object value(String type, String text) {
            return switch (type) {
                case "date" -> LocalDate.parse(text);
                case "integer" -> Integer.valueOf(text);
                case "decimal(12,2)" -> new BigDecimal(text);
                default -> text;
            };
        }

        private static JdbcBatchItemWriter<Object[]> writer(DataSource data, Arguments arguments) {
            List<String> names = Strikes.names();
            Database database = arguments.database();
            JdbcBatchItemWriter<Object[]> writer = new JdbcBatchItemWriterBuilder<Object[]>()
                    .dataSource(data)
                    .sql("insert into " + database.quote(arguments.table()) + " (" + database.quoteAll(names)
                            + ") values (" + String.join(", ", Collections.nCopies(names.size(), "?")) + ")")
                    .itemPreparedStatementSetter((values, statement) -> {
                        for (int i = 0; i < values.length; i++) {
                            statement.setObject(i + 1, values[i]);
                        }
                    })
                    .build();
            return Objects.requireNonNull(writer);
        }
    }
}
