package dev.etljar.operate;

import dev.etljar.database.Target;
import dev.etljar.lease.Leases;
import dev.etljar.repository.Abandonment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The operator's beans, beside those of the launch. */
@Configuration(proxyBeanMethods = false)
public class OperateConfiguration {

    @Bean
    Stopping stopping(Target repository, Leases leases) {
        return new Stopping(repository, leases);
    }

    @Bean
    Approving approving(Target repository) {
        return new Approving(repository);
    }

    @Bean
    Abandoning abandoning(Target repository, Leases leases, Abandonment abandonment) {
        return new Abandoning(repository, leases, abandonment);
    }
}
