package dev.etljar.doctor;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The runs in the job repository, as their newest executions have them. */
record RunRows(Site repository) {

    private static final Set<String> RUNNING = Set.of("STARTING", "STARTED", "STOPPING", "UNKNOWN");

    private static final String INCOMPLETE = """
            select e.job_execution_id, e.job_instance_id, i.job_name, e.status
            from BATCH_JOB_EXECUTION e join BATCH_JOB_INSTANCE i on i.job_instance_id = e.job_instance_id
            where e.status not in ('COMPLETED', 'ABANDONED') and e.job_execution_id = (
              select max(l.job_execution_id) from BATCH_JOB_EXECUTION l where l.job_instance_id = e.job_instance_id)
            order by e.job_execution_id
            """;

    private static final String TOKEN = "select token from etl_repository where id = 1";

    /** The newest execution of a run that is not complete. */
    record Row(long execution, long instance, String job, String status) {

        /** Whether it runs, or was left behind by a process that is gone. */
        boolean isUnfinished() {
            return RUNNING.contains(status);
        }
    }

    /** Those that could go on, oldest first. */
    List<Row> incomplete() {
        return repository
                .jdbc()
                .query(
                        INCOMPLETE,
                        (row, n) -> new Row(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)));
    }

    /** The job instances that could go on. */
    Set<Long> incompleteInstances() {
        return new HashSet<>(incomplete().stream().map(Row::instance).toList());
    }

    /** What tells this repository's staging tables from those of others; nothing where no run has begun. */
    Optional<String> token() {
        return repository.jdbc().queryForList(TOKEN, String.class).stream().findFirst();
    }
}
