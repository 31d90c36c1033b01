package dev.etljar.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.database.Target;
import dev.etljar.lease.Leases;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ConfigurableApplicationContext;

class RunViewsTests {

    @TempDir
    Path folder;

    /** It gives its lease up after it has said that it is complete. */
    @Test
    void aRunThatEndsWhileItIsLookedAtWasNotLeftRunning() {
        EtlHome home = new EtlHome(folder);
        home.job("numbers", Numbers.job(100)).write("data/input/numbers.csv", Numbers.file(10));
        assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            Target target = application.getBean(Target.class);
            JobRepository ending = endsAfterTheFirstLook(application.getBean(JobRepository.class));
            RunViews views = new RunViews(
                    new RunHistory(target.dataSource(), ending),
                    new RunSummaries(folder, ending, target),
                    target,
                    application.getBean(Leases.class));

            RunSummary seen = views.execution(1).orElseThrow();

            assertThat(seen.isLeft()).isFalse();
            assertThat(seen.status()).isEqualTo("COMPLETED");
            assertThat(seen.end()).isNotNull();
        }
    }

    /** Whose execution 1 is still running when it is asked for once. */
    private static JobRepository endsAfterTheFirstLook(JobRepository jobRepository) {
        JobExecution running = Objects.requireNonNull(jobRepository.getJobExecution(1));
        running.setStatus(BatchStatus.STARTED);
        boolean[] looked = {false};
        return (JobRepository) Proxy.newProxyInstance(
                JobRepository.class.getClassLoader(),
                new Class<?>[] {JobRepository.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getJobExecution") && !looked[0]) {
                        looked[0] = true;
                        return running;
                    }
                    return method.invoke(jobRepository, arguments);
                });
    }
}
