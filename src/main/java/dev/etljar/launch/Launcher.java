package dev.etljar.launch;

import dev.etljar.database.EtlSchema;
import dev.etljar.job.DefinitionException;
import dev.etljar.job.DefinitionReader;
import dev.etljar.job.JobDefinition;
import dev.etljar.lease.Leases;
import dev.etljar.run.Problem;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;

/** Starts a job, or goes on with it, until it ends or its attempts are used up. */
public final class Launcher {

    private final Path home;
    private final DefinitionReader definitions;
    private final JobRepository jobRepository;
    private final Targets targets;
    private final Leases leases;
    private final RunHistory history;
    private final RunSummaries summaries;

    Launcher(Path home, JobRepository jobRepository, Targets targets, Leases leases) {
        this.home = home;
        this.definitions = new DefinitionReader(home);
        this.jobRepository = jobRepository;
        this.targets = targets;
        this.leases = leases;
        this.history = new RunHistory(targets.repository().dataSource(), jobRepository);
        this.summaries = new RunSummaries(home, jobRepository);
    }

    /** Runs the job that the request names until it ends. */
    public RunOutcome run(RunRequest request, RunListener listener, StopSignal stop) {
        try {
            JobDefinition definition = definitions.read(request.job());
            Run run = new Run(
                    home,
                    definition,
                    request,
                    jobRepository,
                    targets.repository(),
                    targets.get(definition.target()),
                    leases);
            return new Retry(definition.retry(), stop, ThreadLocalRandom.current()).run(run::attempt, listener);
        } catch (DefinitionException e) {
            return new RunOutcome.Wrong(e.errors().stream().map(Problem::wrong).toList());
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    /** Restarts the execution with this ID: the same as running its job with its parameters, if it is the newest of them. */
    public RunOutcome restart(long executionId, boolean startOver, RunListener listener, StopSignal stop) {
        boolean anyRun = EtlSchema.exists(
                targets.repository().database(), targets.repository().dataSource());
        Optional<JobExecution> found = anyRun ? history.execution(executionId) : Optional.empty();
        if (found.isEmpty()) {
            return wrong("There is no execution " + executionId + ". 'list' shows those that there are");
        }
        JobExecution execution = found.get();
        String job = execution.getJobInstance().getJobName();
        Map<String, String> parameters = RunHistory.userParameters(execution);
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return new RunOutcome.AlreadyComplete(summaries.of(execution));
        }
        if (execution.getStatus() == BatchStatus.ABANDONED) {
            return wrong("Execution " + executionId + " of job '" + job + "' was abandoned and cannot be restarted");
        }
        JobExecution newest = history.last(job, parameters).orElse(execution);
        if (newest.getId() != execution.getId()) {
            return wrong("Execution " + executionId + " of job '" + job + "' was continued already, by execution "
                    + newest.getId() + ", which is " + newest.getStatus());
        }
        return run(new RunRequest(job, parameters, false, startOver), listener, stop);
    }

    private static RunOutcome wrong(String message) {
        return new RunOutcome.Wrong(List.of(Problem.wrong(message)));
    }
}
