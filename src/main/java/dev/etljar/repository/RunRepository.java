package dev.etljar.repository;

import dev.etljar.database.Target;
import dev.etljar.lease.Lease;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job repository as the holder of a lease sees it.
 *
 * <ul>
 *   <li>Each write holds the lease's row until it is committed. So a process that was paused, taken over and woken up
 *       writes nothing more: no step that begins, no hand-over, no end. Within a chunk's transaction in the repository's
 *       database it is the step execution's version that tells.
 *   <li>The last of several executions is the one with the highest ID. Spring Batch 6.0.6 goes by the time of creation,
 *       and would find an older checkpoint after the clock was set back.
 * </ul>
 */
public final class RunRepository {

    private static final Pattern WRITES = Pattern.compile("create|update|delete");

    /** A stop that was written after the job's end was told: Spring Batch would store the end as STOPPED (6.0.6). */
    private static final String TOO_LATE =
            "update BATCH_JOB_EXECUTION set STATUS = 'STARTED' where JOB_EXECUTION_ID = ? and STATUS = 'STOPPING'";

    private final JobRepository jobRepository;
    private final Lease lease;
    private final DataSource dataSource;
    private final TransactionTemplate transaction;
    private final Optional<ChunkRecords> chunkRecords;

    private RunRepository(JobRepository jobRepository, Lease lease, Target database) {
        this.jobRepository = jobRepository;
        this.lease = lease;
        this.dataSource = database.dataSource();
        this.transaction = new TransactionTemplate(database.transactions());
        this.chunkRecords = ChunkRecords.in(database);
    }

    /** The repository, whose writes hold the lease's row. */
    public static JobRepository of(JobRepository jobRepository, Lease lease, Target database) {
        RunRepository view = new RunRepository(jobRepository, lease, database);
        return (JobRepository) Proxy.newProxyInstance(
                JobRepository.class.getClassLoader(),
                new Class<?>[] {JobRepository.class},
                (proxy, method, arguments) -> view.invoke(method, arguments));
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getLastStepExecution") && arguments != null) {
            return lastStepExecution((JobInstance) arguments[0], (String) arguments[1]);
        }
        if (!WRITES.matcher(method.getName()).lookingAt()) {
            return call(method, arguments);
        }
        if (!TransactionSynchronizationManager.hasResource(dataSource)) {
            return fenced(method, arguments);
        }
        if (chunkRecords.isPresent() && arguments != null && arguments[0] instanceof StepExecution step) {
            return atChunkEnd(chunkRecords.get(), method, step);
        }
        connect();
        return call(method, arguments);
    }

    /** The context is stored with the counts, which Spring Batch stores right after it (6.0.6). */
    private static @Nullable Object atChunkEnd(ChunkRecords records, Method method, StepExecution step) {
        switch (method.getName()) {
            case "updateExecutionContext" -> {}
            case "update" -> records.store(step);
            default -> throw new IllegalStateException(method.getName() + " of a step within a chunk's transaction");
        }
        return null;
    }

    /**
     * Spring Batch locks in Java while it writes (6.0.6). Where connections are given out one at a time, whoever took that lock
     * first would wait for a thread that waits for the lock.
     */
    private void connect() throws SQLException {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            connection.createStatement().close();
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private @Nullable StepExecution lastStepExecution(JobInstance instance, String step) {
        return jobRepository.getJobExecutions(instance).stream()
                .map(JobExecution::getStepExecutions)
                .flatMap(steps -> steps.stream()
                        .filter(execution -> execution.getStepName().equals(step)))
                .max(Comparator.comparingLong(StepExecution::getId))
                .orElse(null);
    }

    private @Nullable Object fenced(Method method, Object @Nullable [] arguments) throws Throwable {
        Attempt attempt = new Attempt();
        transaction.executeWithoutResult(status -> {
            lease.fence();
            if (method.getName().equals("update")
                    && arguments != null
                    && arguments[0] instanceof JobExecution execution
                    && execution.getStatus() == BatchStatus.COMPLETED) {
                new JdbcTemplate(dataSource).update(TOO_LATE, execution.getId());
            }
            attempt.make(method, arguments, status);
        });
        return attempt.result();
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(jobRepository, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** A call within the transaction; what it throws, checked or not, rolls back and is thrown after it. */
    private final class Attempt {

        private @Nullable Object result;
        private @Nullable Throwable failure;

        @SuppressWarnings("IllegalCatch")
        void make(Method method, Object @Nullable [] arguments, TransactionStatus status) {
            try {
                result = call(method, arguments);
            } catch (Throwable e) {
                status.setRollbackOnly();
                failure = e;
            }
        }

        @Nullable
        Object result() throws Throwable {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }
}
