package dev.etljar.operate;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.OneWriter;
import dev.etljar.database.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks at executions beside the process that runs them, and writes the one thing that may be written beside it. */
final class ExecutionRows {

    private static final String SELECT = """
            select e.job_execution_id, e.job_instance_id, i.job_name, e.status
            from BATCH_JOB_EXECUTION e join BATCH_JOB_INSTANCE i on i.job_instance_id = e.job_instance_id
            """;

    /** The lease's row, which the run holds while it writes its own end. */
    private static final String HOLD = "select name from etl_lease where name = ? for update";

    private static final String STOP = """
            update BATCH_JOB_EXECUTION set status = 'STOPPING', version = version + 1
            where job_execution_id = ? and status in ('STARTING', 'STARTED')
            """;

    private final Target repository;
    private final JdbcTemplate looking;
    private final JdbcTemplate writing;

    ExecutionRows(Target repository) {
        this.repository = repository;
        this.looking = new JdbcTemplate(repository.looking());
        this.writing = new JdbcTemplate(repository.dataSource());
    }

    Optional<ExecutionRow> find(long id) {
        return first("where e.job_execution_id = ?", id);
    }

    Optional<ExecutionRow> newestOfJob(String job) {
        return first("where i.job_name = ?", job);
    }

    /** The newest execution of the run that this one is of. */
    ExecutionRow newestOfRun(ExecutionRow execution) {
        return first("where e.job_instance_id = ?", execution.instance()).orElse(execution);
    }

    private Optional<ExecutionRow> first(String where, Object value) {
        if (!EtlSchema.exists(repository.database(), repository.looking())) {
            return Optional.empty();
        }
        List<ExecutionRow> rows = looking.query(
                SELECT + where + " order by e.job_execution_id desc limit 1",
                (row, n) -> new ExecutionRow(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)),
                value);
        return rows.stream().findFirst();
    }

    /** From here on this process writes, and does not wait long for its turn. */
    void prepareToWrite() throws IOException {
        if (repository.dataSource() instanceof OneWriter oneWriter) {
            oneWriter.enforce();
        }
    }

    /**
     * Writes STOPPING where the execution runs, and nothing else of it; the step's records are the run's. Spring Batch takes over
     * a status whose version has grown, at each chunk and wherever it writes the execution (6.0.6), between two statements;
     * it must not grow in between, so the lease's row is held, which the run's writes hold too.
     *
     * @return whether it runs and is asked to stop by this
     */
    boolean requestStop(ExecutionRow execution) {
        @Nullable
        Integer rows = new TransactionTemplate(repository.transactions()).execute(status -> {
            writing.queryForList(HOLD, String.class, execution.job());
            return writing.update(STOP, execution.id());
        });
        return rows != null && rows == 1;
    }
}
