package dev.etljar.doctor;

import dev.etljar.database.Target;
import dev.etljar.doctor.SpaceCheck.Space;
import dev.etljar.launch.RunInspection;
import dev.etljar.lease.Leases;
import dev.etljar.repository.JobTargets;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The doctor, beside the beans of the launch. */
@Configuration(proxyBeanMethods = false)
public class DoctorConfiguration {

    @Bean
    Space space() {
        return FileStore::getUsableSpace;
    }

    @Bean
    Doctor doctor(
            @Value("${etl.home}") String home,
            Target repository,
            JobTargets targets,
            Leases leases,
            ObjectProvider<RunInspection> inspection,
            Clock clock,
            Space space) {
        return new Doctor(Path.of(home), repository, targets, leases, inspection::getObject, clock, space);
    }
}
