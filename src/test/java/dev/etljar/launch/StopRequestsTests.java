package dev.etljar.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.database.Database;
import dev.etljar.database.Target;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunStart;
import dev.etljar.run.StopSignal;
import dev.etljar.run.Workspace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class StopRequestsTests {

    /** An executor forgets a task that throws. */
    @Test
    void whateverALookThrowsTheNextOneIsMade() {
        DriverManagerDataSource stopping =
                new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        JdbcTemplate jdbc = new JdbcTemplate(stopping);
        jdbc.execute("create table BATCH_JOB_EXECUTION (job_execution_id bigint, status varchar(10))");
        jdbc.execute("insert into BATCH_JOB_EXECUTION values (6, 'STARTED'), (7, 'STOPPING')");
        FailingFirst failing = new FailingFirst(stopping);
        Target repository =
                new Target(null, failing, Database.of("jdbc:h2:mem:"), new DataSourceTransactionManager(stopping));
        StopSignal stop = new StopSignal();

        try (StopRequests requests = new StopRequests(repository, stop, RunListener.NONE, Duration.ofMillis(10))) {
            requests.runStarted(new RunStart("job", 7, 1, false, Workspace.of(Path.of("."), "job", 1), List.of()));

            await().atMost(Duration.ofSeconds(60)).until(stop::isRequested);
        }
        assertThat(failing.failures).isEmpty();
    }

    private static final class FailingFirst extends DelegatingDataSource {

        private final Queue<Throwable> failures = new ArrayDeque<>(List.of(
                new SQLException("lost"), new IllegalStateException("closed"), new NoClassDefFoundError("driver")));

        FailingFirst(DriverManagerDataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Throwable failure = failures.poll();
            if (failure instanceof SQLException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            return super.getConnection();
        }
    }
}
