package dev.etljar.repository;

import dev.etljar.database.Database;
import dev.etljar.database.Target;
import dev.etljar.lease.Leases;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The beans of the databases. None of Spring Boot's auto-configurations is among them: that of the batch starter makes a job repository
 * that keeps nothing, and data sources need more here than what Boot gives them.
 */
@Configuration(proxyBeanMethods = false)
@Import(BatchConfiguration.class)
public class RepositoryConfiguration {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    // PostgreSQL's timeouts are milliseconds in an integer.
    private static final Duration LONGEST_LEASE = Duration.ofDays(24);

    /** As text: Spring takes a relative {@code Path} for a class path resource first. */
    private static final String HOME = "${etl.home}";

    @Bean
    DataSources dataSources(Environment environment, @Value("${etl.lease:30s}") String lease) {
        Duration time = ApplicationConversionService.getSharedInstance().convert(lease, Duration.class);
        if (time == null || time.compareTo(SHORTEST_LEASE) < 0 || time.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("'etl.lease' is 1s to 24d, not " + lease);
        }
        return new DataSources(environment, time);
    }

    @Bean
    DataSource dataSource(DataSources dataSources) {
        return dataSources.open(DataSources.REPOSITORY);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    Database database(DataSources dataSources) {
        return dataSources.database(DataSources.REPOSITORY);
    }

    @Bean
    Targets targets(
            DataSource dataSource, Database database, PlatformTransactionManager transactions, DataSources sources) {
        return new Targets(new Target(null, dataSource, database, transactions), sources);
    }

    @Bean
    Target repository(Targets targets) {
        return targets.repository();
    }

    @Bean
    Leases leases(Target repository, DataSources sources) {
        return new Leases(repository, sources.lease());
    }

    @Bean
    Abandonment abandonment(@Value(HOME) String home, JobRepository jobRepository, Targets targets) {
        return new Abandonment(Path.of(home), jobRepository, targets);
    }

    @Bean
    JobTargets jobTargets(Targets targets) {
        return new JobTargets(targets);
    }

    @Bean
    TakenBackRuns takenBackRuns(JobRepository jobRepository, Targets targets) {
        return new TakenBackRuns(jobRepository, targets);
    }

    @Bean
    PastRuns pastRuns(@Value(HOME) String home, JobRepository jobRepository, Targets targets) {
        return new PastRuns(Path.of(home), jobRepository, targets);
    }

    @Bean
    RunInputs runInputs(JobRepository jobRepository, DataSource dataSource) {
        return new RunInputs(new RunHistory(dataSource, jobRepository), jobRepository);
    }

    @Bean
    RunViews runViews(@Value(HOME) String home, JobRepository jobRepository, Target repository, Leases leases) {
        return new RunViews(
                new RunHistory(repository.dataSource(), jobRepository),
                new RunSummaries(Path.of(home), jobRepository, repository),
                repository,
                leases);
    }
}
