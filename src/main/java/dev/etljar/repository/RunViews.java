package dev.etljar.repository;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.Target;
import dev.etljar.lease.Leases;
import dev.etljar.lease.Owner;
import dev.etljar.run.RunProcess;
import dev.etljar.run.RunSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;

/** Looks at executions without touching them, also while they run. */
public final class RunViews {

    private static final Set<String> UNFINISHED = Set.of("STARTING", "STARTED", "STOPPING");

    private final RunHistory history;
    private final RunSummaries summaries;
    private final Target repository;
    private final Leases leases;

    RunViews(RunHistory history, RunSummaries summaries, Target repository, Leases leases) {
        this.history = history;
        this.summaries = summaries;
        this.repository = repository;
        this.leases = leases;
    }

    /** The execution with this ID. */
    public Optional<RunSummary> execution(long id) {
        return empty() ? Optional.empty() : history.execution(id).map(this::summary);
    }

    /** The newest execution of the job instance. */
    public Optional<RunSummary> last(long instance) {
        return empty() ? Optional.empty() : history.last(instance).map(this::summary);
    }

    /** The newest execution that the user started with just these parameters, of whichever run. */
    public Optional<RunSummary> last(String job, Map<String, String> parameters) {
        return empty() ? Optional.empty() : history.last(job, parameters).map(this::summary);
    }

    /** The newest executions of the runs with the same parameters that began later than this execution's run, newest first. */
    public Stream<RunSummary> ofLaterRuns(RunSummary run) {
        return history.execution(run.executionId()).stream()
                .flatMap(history::ofLaterRuns)
                .map(this::summary);
    }

    /** Executions, newest first, of one job or of all. */
    public List<RunSummary> newest(@Nullable String job, int limit) {
        return empty()
                ? List.of()
                : history.newest(job, limit).stream().map(this::summary).toList();
    }

    /** How many executions there are, of one job or of all. */
    public long count(@Nullable String job) {
        return empty() ? 0 : history.count(job);
    }

    /** The names of the jobs that ran, as far as they were not purged. */
    public List<String> jobs() {
        return empty() ? List.of() : history.jobs();
    }

    /** Where nothing ever ran there are no tables to ask. */
    private boolean empty() {
        return !EtlSchema.exists(repository.database(), repository.dataSource());
    }

    private RunSummary summary(JobExecution execution) {
        RunSummary summary = summaries.of(execution);
        if (!isUnfinished(summary)) {
            return summary;
        }
        RunProcess process = process(summary);
        return process.isGone() ? left(summary, process) : summary.by(process);
    }

    /** A run that has ended since it was looked up has given its lease up after it said so. */
    private RunSummary left(RunSummary summary, RunProcess process) {
        return history.execution(summary.executionId())
                .map(summaries::of)
                .filter(now -> !isUnfinished(now))
                .orElseGet(() -> summary.by(process));
    }

    private static boolean isUnfinished(RunSummary summary) {
        return UNFINISHED.contains(summary.status());
    }

    /** One process runs a job, and what it runs is the newest of the job's executions. */
    private RunProcess process(RunSummary summary) {
        boolean newest = history.newest(summary.job(), 1).stream()
                .anyMatch(execution -> execution.getId() == summary.executionId());
        return leases.worker(summary.job())
                .filter(owner -> newest)
                .map(owner -> new RunProcess(owner.name(), false))
                .orElseGet(() -> new RunProcess(
                        leases.owner(summary.job())
                                .filter(owner -> newest && !owner.since().isAfter(summary.start()))
                                .map(Owner::name)
                                .orElse(null),
                        true));
    }
}
