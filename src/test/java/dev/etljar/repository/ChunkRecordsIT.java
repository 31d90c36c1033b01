package dev.etljar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.database.RowsWithCheckpoint;
import dev.etljar.database.Target;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class ChunkRecordsIT {

    /** The statement of a small chunk would commit it, also where the step is of another version by now. */
    @Test
    void whatWasExecutedBeforeASmallChunksStatementIsRolledBackWithIt(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(TestDatabase.POSTGRESQL_NEWEST, folder);
                ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            Target target = application.getBean(Targets.class).repository();
            ChunkRecords records = ChunkRecords.in(target).orElseThrow();
            JdbcTemplate jdbc = new JdbcTemplate(target.dataSource());
            jdbc.execute("create table before_it (id integer)");

            assertThatThrownBy(() -> new TransactionTemplate(target.transactions()).executeWithoutResult(status -> {
                        jdbc.update("insert into before_it values (1)");
                        TransactionSynchronizationManager.bindResource(
                                RowsWithCheckpoint.class, new RowsWithCheckpoint("select 1", "{}", (c, e) -> {}));
                        records.store(step());
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("A statement was executed before");
            assertThat(home.value("select count(*) from before_it")).isEqualTo("0");
        }
    }

    private static StepExecution step() {
        JobExecution job = new JobExecution(1, new JobInstance(1, "job"), new JobParameters());
        return new StepExecution(5, "PROCESS:0", job);
    }
}
