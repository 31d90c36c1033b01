package dev.etljar.purge;

import dev.etljar.database.Target;
import dev.etljar.repository.RunHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The job repository's rows of runs: those of Spring Batch, and of approvals. */
final class RepositoryRows {

    private static final String JOBS = "select distinct job_name from BATCH_JOB_INSTANCE order by job_name";

    private static final String RUNS = """
            select e.job_instance_id, e.job_execution_id, e.status, e.end_time, c.job_execution_id
            from BATCH_JOB_INSTANCE i
            join BATCH_JOB_EXECUTION e on e.job_instance_id = i.job_instance_id
            left join BATCH_JOB_EXECUTION_CONTEXT c on c.job_execution_id = e.job_execution_id
            where i.job_name = ? order by e.job_instance_id, e.job_execution_id
            """;

    private static final String PARAMETERS = """
            select e.job_instance_id, p.parameter_name, p.parameter_value
            from BATCH_JOB_INSTANCE i
            join BATCH_JOB_EXECUTION e on e.job_instance_id = i.job_instance_id
            join BATCH_JOB_EXECUTION_PARAMS p on p.job_execution_id = e.job_execution_id
            where i.job_name = ? and p.identifying = 'Y' and p.parameter_name <> ?
            """;

    private static final String EXECUTIONS =
            "select job_execution_id from BATCH_JOB_EXECUTION where job_instance_id = ? order by job_execution_id";

    private static final String STEPS = """
            select s.step_execution_id from BATCH_STEP_EXECUTION s
            join BATCH_JOB_EXECUTION e on e.job_execution_id = s.job_execution_id
            where e.job_instance_id = ?
            """;

    private final JdbcTemplate jdbc;
    private final Rows rows;

    RepositoryRows(Target repository, boolean dryRun) {
        this.jdbc = new JdbcTemplate(repository.dataSource());
        this.rows = new Rows(jdbc, dryRun);
    }

    /** The jobs that have runs. */
    List<String> jobs() {
        return jdbc.queryForList(JOBS, String.class);
    }

    /** All runs of the job that have begun an execution, oldest first. */
    List<RunRow> runs(String job) {
        Map<Long, Map<String, String>> parameters = new HashMap<>();
        jdbc.query(
                PARAMETERS,
                row -> {
                    parameters
                            .computeIfAbsent(row.getLong(1), instance -> new HashMap<>())
                            .put(row.getString(2), String.valueOf(row.getString(3)));
                },
                job,
                RunHistory.RUN);
        Map<Long, RunRow> newest = new TreeMap<>();
        jdbc.query(
                RUNS,
                row -> {
                    RunRow run = run(row, parameters);
                    newest.merge(run.instance(), run, (earlier, later) -> earlier.whole() ? whole(later) : later);
                },
                job);
        return List.copyOf(newest.values());
    }

    private static RunRow run(ResultSet row, Map<Long, Map<String, String>> parameters) throws SQLException {
        long instance = row.getLong(1);
        @Nullable Object context = row.getObject(5);
        return new RunRow(
                instance,
                row.getLong(2),
                String.valueOf(row.getString(3)),
                row.getObject(4, LocalDateTime.class),
                context != null,
                parameters.getOrDefault(instance, Map.of()));
    }

    private static RunRow whole(RunRow run) {
        return new RunRow(run.instance(), run.execution(), run.status(), run.end(), true, run.parameters());
    }

    /** To be called in a transaction. */
    long remove(OldRun run) {
        List<Long> executions = new ArrayList<>(jdbc.queryForList(EXECUTIONS, Long.class, run.instance()));
        List<Long> steps = jdbc.queryForList(STEPS, Long.class, run.instance());
        long removed = rows.removeAll("BATCH_STEP_EXECUTION_CONTEXT where step_execution_id", steps)
                + rows.removeAll("BATCH_STEP_EXECUTION where step_execution_id", steps)
                + rows.removeAll("BATCH_JOB_EXECUTION_CONTEXT where job_execution_id", executions)
                + rows.remove("etl_approval where job_instance_id = ?", run.instance());
        if (run.lineStays()) {
            executions.remove(run.row().execution());
        }
        removed += rows.removeAll("BATCH_JOB_EXECUTION_PARAMS where job_execution_id", executions)
                + rows.removeAll("BATCH_JOB_EXECUTION where job_execution_id", executions);
        return run.lineStays()
                ? removed
                : removed + rows.remove("BATCH_JOB_INSTANCE where job_instance_id = ?", run.instance());
    }
}
