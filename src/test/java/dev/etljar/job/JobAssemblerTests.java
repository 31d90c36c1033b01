package dev.etljar.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.database.Database;
import dev.etljar.database.EtlSchema;
import dev.etljar.database.Target;
import dev.etljar.launch.LaunchConfiguration;
import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.Publication;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunId;
import dev.etljar.run.RunListener;
import dev.etljar.run.StopSignal;
import dev.etljar.run.Workspace;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.Numbers;
import dev.etljar.text.Placeholders;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.test.JobOperatorTestUtils;
import org.springframework.batch.test.JobRepositoryTestUtils;
import org.springframework.batch.test.context.SpringBatchTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** The assembled job, driven by Spring Batch's own operator. */
@SpringBatchTest
@SpringBootTest(
        classes = LaunchConfiguration.class,
        properties = {
            "etl.home=target",
            "spring.datasource.url=jdbc:h2:mem:assembler;DB_CLOSE_DELAY=-1",
            "spring.main.allow-bean-definition-overriding=true"
        })
class JobAssemblerTests {

    private static final int RECORDS = 1_000;

    @TempDir
    Path folder;

    @Autowired
    private JobOperatorTestUtils jobs;

    @Autowired
    private JobRepositoryTestUtils repository;

    @Autowired
    private JobRepository jobRepository;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private Database database;

    @Autowired
    private PlatformTransactionManager transactions;

    private long run;

    @BeforeEach
    void prepare() {
        EtlSchema.create(database, dataSource);
        repository.removeJobExecutions();
        new JdbcTemplate(dataSource).execute("drop table if exists numbers");
        new JdbcTemplate(dataSource).execute("delete from etl_publication");
        new EtlHome(folder).job("numbers", Numbers.job(100)).write("data/input/numbers.csv", Numbers.file(RECORDS));
        run = System.nanoTime();
    }

    /** What Spring Batch Test's listener does not take for a factory of job-scoped executions, as it would the bare type. */
    private record Ended(JobExecution execution) {}

    /** Starts the job, or restarts it: the parameters stay the same within a test. */
    private Ended start(RunListener listener) throws Exception {
        JobParameters parameters =
                new JobParametersBuilder().addLong("run", run).toJobParameters();
        JobInstance known = jobRepository.getJobInstance("numbers", parameters);
        long instanceId = known == null ? 1 + lastInstance() : known.getInstanceId();
        RunContext context = new RunContext(
                "numbers",
                new RunId("0a1b2c3d", instanceId),
                folder,
                new Workspace(new EtlHome(folder).write("work/made", "").root().resolve("work")),
                new Placeholders(Map.of(), Map.of(), Path.of(".")),
                new StopSignal(),
                listener);
        JobDefinition definition = new DefinitionReader(folder).read("numbers");
        JobAssembler assembler = new JobAssembler(jobRepository, () -> {});
        Target target = new Target(null, dataSource, database, transactions);
        Job job = assembler.assemble(assembler.rooms(definition, context, target), context, ended -> {});
        jobs.setJob(job);
        return new Ended(jobs.startJob(parameters));
    }

    private long lastInstance() {
        Long last = new JdbcTemplate(dataSource)
                .queryForObject("select coalesce(max(job_instance_id), 0) from batch_job_instance", Long.class);
        return last == null ? 0 : last;
    }

    private long rows() {
        Long rows = new JdbcTemplate(dataSource).queryForObject("select count(*) from numbers", Long.class);
        return rows == null ? 0 : rows;
    }

    @Test
    void everyStepCompletesAndHandsOver() throws Exception {
        JobExecution execution = start(RunListener.NONE).execution();
        assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(execution.getStepExecutions())
                .extracting(StepExecution::getStepName)
                .containsExactlyInAnyOrder(
                        "DOWNLOAD", "EXTRACT", "PROCESS", "PROCESS:load1-file1", "VALIDATE", "FINALIZE");
        assertThat(new HandOvers(jobRepository).find(execution, Phase.FINALIZE, Publication.class))
                .get()
                .extracting(publication -> publication.tables().get(0).rows())
                .isEqualTo((long) RECORDS);
        assertThat(rows()).isEqualTo(RECORDS);
    }

    @Test
    void interruptedStepIsNeverCompletedWithRecordsMissing() throws Exception {
        JobExecution interrupted = start(new RunListener() {
                    private int chunks;

                    @Override
                    public void progressed(Progress progress) {
                        if (progress.phase() == Phase.PROCESS && ++chunks == 3) {
                            Thread.currentThread().interrupt();
                        }
                    }
                })
                .execution();
        assertThat(Thread.interrupted())
                .as("the flag, cleared for what follows")
                .isIn(true, false);
        assertThat(interrupted.getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(interrupted.getExitStatus().getExitDescription()).contains("numbers.csv was left at byte");
        assertThat(interrupted.getStepExecutions())
                .filteredOn(step -> step.getStepName().equals("PROCESS:load1-file1"))
                .singleElement()
                .satisfies(step -> assertThat(step.getStatus()).isEqualTo(BatchStatus.FAILED));

        assertThat(start(RunListener.NONE).execution().getStatus()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(rows()).isEqualTo(RECORDS);
    }
}
