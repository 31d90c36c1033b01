package dev.etljar.repository;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds executions in the job repository. Spring Batch can only look for one if all of its parameters are known. */
public final class RunHistory {

    /** The job parameter by which the application numbers the runs itself. */
    public static final String RUN = "run";

    private static final String PARAMETERS = """
            select e.job_execution_id, e.job_instance_id, p.parameter_name, p.parameter_value
            from BATCH_JOB_INSTANCE i
            join BATCH_JOB_EXECUTION e on e.job_instance_id = i.job_instance_id
            join BATCH_JOB_EXECUTION_PARAMS p on p.job_execution_id = e.job_execution_id
            where i.job_name = ? and p.identifying = 'Y'
            order by e.job_execution_id desc
            """;

    private static final String NEWEST = """
            select e.job_execution_id
            from BATCH_JOB_EXECUTION e join BATCH_JOB_INSTANCE i on i.job_instance_id = e.job_instance_id
            where i.job_name = coalesce(?, i.job_name)
            order by e.job_execution_id desc
            """;

    private static final String COUNT = """
            select count(*)
            from BATCH_JOB_EXECUTION e join BATCH_JOB_INSTANCE i on i.job_instance_id = e.job_instance_id
            where i.job_name = coalesce(?, i.job_name)
            """;

    private static final String JOBS = "select distinct job_name from BATCH_JOB_INSTANCE order by job_name";
    private static final String KNOWN = "select job_execution_id from BATCH_JOB_EXECUTION where job_execution_id = ?";

    private final JdbcTemplate jdbc;
    private final JobRepository jobRepository;

    public RunHistory(DataSource dataSource, JobRepository jobRepository) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jobRepository = jobRepository;
    }

    /**
     * The newest execution that the user started with just these parameters. It need not be one of the newest run: an older
     * one that was set back goes on, whatever found nothing new after it.
     */
    public Optional<JobExecution> last(String job, Map<String, String> parameters) {
        return known(job, parameters).stream().findFirst().map(known -> jobRepository.getJobExecution(known.execution));
    }

    /** The number of the next run with just these parameters, which no run of them has. */
    public long nextNumber(String job, Map<String, String> parameters) {
        return 1
                + known(job, parameters).stream().mapToLong(Known::number).max().orElse(0);
    }

    /** The newest executions of the runs with the same parameters that began later than this execution's run, newest first. */
    Stream<JobExecution> ofLaterRuns(JobExecution execution) {
        return known(execution.getJobInstance().getJobName(), userParameters(execution)).stream()
                .map(Known::instance)
                .filter(instance -> instance > execution.getJobInstanceId())
                .distinct()
                .flatMap(instance -> last(instance).stream());
    }

    /** The newest execution of the job instance with this ID. */
    public Optional<JobExecution> last(long instance) {
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

    long count(@Nullable String job) {
        return Objects.requireNonNull(jdbc.queryForObject(COUNT, Long.class, job), "a count is a number");
    }

    List<String> jobs() {
        return jdbc.queryForList(JOBS, String.class);
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

    /**
     * An execution, as it is looked for.
     *
     * @param parameters the user's
     * @param number of its run
     */
    private record Known(long execution, long instance, Map<String, String> parameters, long number) {}

    /** Those that were started with just these parameters, newest first. */
    private List<Known> known(String job, Map<String, String> wanted) {
        Map<Long, Long> instances = new LinkedHashMap<>();
        Map<Long, Map<String, String>> parameters = new HashMap<>();
        jdbc.query(
                PARAMETERS,
                row -> {
                    instances.put(row.getLong(1), row.getLong(2));
                    parameters
                            .computeIfAbsent(row.getLong(1), execution -> new HashMap<>())
                            .put(row.getString(3), String.valueOf(row.getString(4)));
                },
                job);
        List<Known> found = new ArrayList<>();
        instances.forEach((execution, instance) -> {
            Map<String, String> users = parameters.getOrDefault(execution, new HashMap<>());
            long number = Long.parseLong(Objects.requireNonNullElse(users.remove(RUN), "0"));
            found.add(new Known(execution, instance, users, number));
        });
        found.removeIf(each -> !each.parameters.equals(wanted));
        return found;
    }
}
