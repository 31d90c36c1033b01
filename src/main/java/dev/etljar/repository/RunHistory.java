package dev.etljar.repository;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Finds executions in the job repository. Spring Batch can only look for one if all of its parameters are known. */
public final class RunHistory {

    /** The job parameter by which the application numbers the runs itself. */
    public static final String RUN = "run";

    private static final String PARAMETERS = """
            select e.job_instance_id, p.parameter_name, p.parameter_value
            from BATCH_JOB_INSTANCE i
            join BATCH_JOB_EXECUTION e on e.job_instance_id = i.job_instance_id
            join BATCH_JOB_EXECUTION_PARAMS p on p.job_execution_id = e.job_execution_id
            where i.job_name = ? and p.identifying = 'Y'
            order by e.job_instance_id desc
            """;

    private static final String NEWEST = """
            select e.job_execution_id
            from BATCH_JOB_EXECUTION e join BATCH_JOB_INSTANCE i on i.job_instance_id = e.job_instance_id
            where i.job_name = coalesce(?, i.job_name)
            order by e.job_execution_id desc
            """;

    private static final String KNOWN = "select job_execution_id from BATCH_JOB_EXECUTION where job_execution_id = ?";

    private final JdbcTemplate jdbc;
    private final JobRepository jobRepository;

    public RunHistory(DataSource dataSource, JobRepository jobRepository) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jobRepository = jobRepository;
    }

    /** The newest execution of the newest run that the user started with just these parameters. */
    public Optional<JobExecution> last(String job, Map<String, String> parameters) {
        return instance(job, parameters).map(jobRepository::getJobInstance).map(jobRepository::getLastJobExecution);
    }

    /** The newest execution of the job instance with this ID. */
    Optional<JobExecution> last(long instance) {
        return Optional.ofNullable(jobRepository.getJobInstance(instance)).map(jobRepository::getLastJobExecution);
    }

    /** The execution with this ID. */
    public Optional<JobExecution> execution(long id) {
        // The repository throws where there is none (6.0.6), so that is asked first.
        return jdbc.queryForList(KNOWN, Long.class, id).stream().findFirst().map(jobRepository::getJobExecution);
    }

    /** All executions of the job instance, oldest first. */
    List<JobExecution> executions(JobInstance instance) {
        List<JobExecution> executions = new ArrayList<>(jobRepository.getJobExecutions(instance));
        executions.sort((a, b) -> Long.compare(a.getId(), b.getId()));
        return executions;
    }

    /** Executions of a job, or of all jobs, newest first. */
    List<JobExecution> newest(@Nullable String job, int limit) {
        return jdbc.queryForList(NEWEST + " limit " + limit, Long.class, job).stream()
                .map(jobRepository::getJobExecution)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The job's own parameters, without the number that the application gave. */
    public static Map<String, String> userParameters(JobExecution execution) {
        Map<String, String> parameters = new HashMap<>();
        for (JobParameter<?> parameter : execution.getJobParameters()) {
            if (!parameter.name().equals(RUN)) {
                parameters.put(parameter.name(), String.valueOf(parameter.value()));
            }
        }
        return parameters;
    }

    public static long runNumber(JobExecution execution) {
        Long number = execution.getJobParameters().getLong(RUN);
        return number == null ? 0 : number;
    }

    private Optional<Long> instance(String job, Map<String, String> wanted) {
        ResultSetExtractor<Optional<Long>> firstMatch = rows -> {
            long instance = -1;
            Map<String, String> parameters = new HashMap<>();
            while (rows.next()) {
                if (rows.getLong(1) != instance) {
                    if (instance >= 0 && parameters.equals(wanted)) {
                        return Optional.of(instance);
                    }
                    instance = rows.getLong(1);
                    parameters = new HashMap<>();
                }
                if (!rows.getString(2).equals(RUN)) {
                    parameters.put(rows.getString(2), rows.getString(3));
                }
            }
            return instance >= 0 && parameters.equals(wanted) ? Optional.of(instance) : Optional.empty();
        };
        return Objects.requireNonNull(jdbc.query(PARAMETERS, firstMatch, job), "the query gave nothing back");
    }
}
