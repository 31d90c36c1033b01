package dev.etljar.launch;

import dev.etljar.lease.Leases;
import dev.etljar.repository.RepositoryConfiguration;
import dev.etljar.repository.Targets;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The beans that start runs. */
@Configuration(proxyBeanMethods = false)
@Import(RepositoryConfiguration.class)
public class LaunchConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Launcher launcher(
            @Value("${etl.home}") String home,
            JobRepository jobRepository,
            Targets targets,
            Leases leases,
            Clock clock) {
        return new Launcher(Path.of(home), jobRepository, targets, leases, clock);
    }

    @Bean
    RunInspection runInspection(@Value("${etl.home}") String home, JobRepository jobRepository, Targets targets) {
        return new RunInspection(Path.of(home), jobRepository, targets);
    }
}
