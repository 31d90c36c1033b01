package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ConfigurableApplicationContext;

/** A request to stop that another process writes into the job repository: the chunk ends, the exit code is 4, the run goes on. */
class StoppingIT {

    private static final int RECORDS = 50_000;

    @TempDir
    Path folder;

    /** What a command of another process may do: write STOPPING into the job execution, and nothing else. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST"})
    void runThatAnotherProcessMarksAsStoppingStopsAtACheckpointAndGoesOnThere(TestDatabase database) {
        try (EtlHome home = EtlHome.on(database, folder)
                .job("numbers", Numbers.job(100))
                .write("data/input/numbers.csv", Numbers.file(RECORDS))) {
            EtlProcess process = EtlProcess.start(home, "--job.name=numbers");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> home.exists("data/work/numbers/1/progress.json")
                            && home.read("data/work/numbers/1/progress.json").contains("\"state\" : \"PROCESS\""));

            try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
                JobRepository repository = application.getBean(JobRepository.class);
                JobInstance instance = Objects.requireNonNull(repository.getLastJobInstance("numbers"));
                JobExecution execution = Objects.requireNonNull(repository.getLastJobExecution(instance));
                execution.setStatus(BatchStatus.STOPPING);
                repository.update(execution);
            }
            EtlProcess.Result stopped = process.await();

            assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(4);
            assertThat(home.value("select status from BATCH_JOB_EXECUTION")).isEqualTo("STOPPED");
            assertThat(home.staged()).isLessThan(RECORDS);
            assertThat(home.staged() % 100).as("whole chunks").isZero();

            EtlProcess.Result again = EtlProcess.run(home, "--job.name=numbers");
            assertThat(again.exitCode()).as(again.err()).isZero();
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        }
    }
}
