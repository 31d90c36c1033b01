package dev.etljar.launch;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.Target;
import dev.etljar.definition.DefinitionException;
import dev.etljar.job.DefinitionReader;
import dev.etljar.job.JobDefinition;
import dev.etljar.lease.Leases;
import dev.etljar.repository.RunHistory;
import dev.etljar.repository.RunSummaries;
import dev.etljar.repository.Targets;
import dev.etljar.run.Problem;
import dev.etljar.run.Publications;
import dev.etljar.run.Replay;
import dev.etljar.run.RunId;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.Sha256;
import dev.etljar.run.StopSignal;
import dev.etljar.run.TimeBox;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
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
    private final Clock clock;
    private final RunHistory history;
    private final RunSummaries summaries;

    Launcher(Path home, JobRepository jobRepository, Targets targets, Leases leases, Clock clock) {
        this.home = home;
        this.definitions = new DefinitionReader(home);
        this.jobRepository = jobRepository;
        this.targets = targets;
        this.leases = leases;
        this.clock = clock;
        this.history = new RunHistory(targets.repository().dataSource(), jobRepository);
        this.summaries = new RunSummaries(home, jobRepository, targets.repository());
    }

    /** Runs the job that the request names until it ends. */
    public RunOutcome run(RunRequest request, RunListener listener, StopSignal stop) {
        return run(request, Preparation.NONE, listener, stop);
    }

    /** The same, once the preparation is made. */
    public RunOutcome run(RunRequest request, Preparation preparation, RunListener listener, StopSignal stop) {
        TimeBox timeBox = new TimeBox(request.limits(), clock);
        try (StopRequests heard = new StopRequests(targets.repository(), stop, listener)) {
            JobDefinition definition = definitions.read(request.job());
            Run run = new Run(
                    home,
                    definition,
                    request,
                    preparation,
                    jobRepository,
                    targets.repository(),
                    targets.get(definition.target()),
                    leases,
                    timeBox);
            return new Retry(definition.retry(), stop, timeBox, ThreadLocalRandom.current()).run(run::attempt, heard);
        } catch (DefinitionException e) {
            return new RunOutcome.Wrong(e.errors().stream().map(Problem::wrong).toList());
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    /** Restarts the execution with this ID: the same as running its job with its parameters, if it is the newest of them. */
    public RunOutcome restart(
            long executionId, boolean startOver, RunLimits limits, RunListener listener, StopSignal stop) {
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
        return run(new RunRequest(job, parameters, false, startOver, limits), listener, stop);
    }

    /**
     * Loads the rejects of this execution's run, in a run of its own, except for those that an earlier replay has loaded.
     *
     * @param file the corrected rejects.csv, or null to take the rejects as they are stored
     */
    public RunOutcome replay(long executionId, @Nullable Path file, RunListener listener, StopSignal stop) {
        boolean anyRun = EtlSchema.exists(
                targets.repository().database(), targets.repository().dataSource());
        Optional<JobExecution> found = anyRun ? history.execution(executionId) : Optional.empty();
        if (found.isEmpty()) {
            return wrong("There is no execution " + executionId + ". 'list' shows those that there are");
        }
        JobExecution execution = found.get();
        String job = execution.getJobInstance().getJobName();
        try {
            Optional<String> problem = replayProblem(execution);
            if (problem.isPresent()) {
                return wrong(problem.get());
            }
            @Nullable Path path = file == null ? null : file.toAbsolutePath().normalize();
            Replay replay = new Replay(execution.getJobInstanceId(), path, path == null ? null : Sha256.of(path, stop));
            RunRequest request =
                    new RunRequest(job, replay.parameters(RunHistory.userParameters(execution)), false, false);
            return replayed(run(request, listener, stop), executionId);
        } catch (DefinitionException e) {
            return new RunOutcome.Wrong(e.errors().stream().map(Problem::wrong).toList());
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return wrong(file + " cannot be read: " + PlainWords.reason(e));
        }
    }

    /** Rejects belong to what was published: before that, the run itself is to be run again. */
    private Optional<String> replayProblem(JobExecution execution) {
        String job = execution.getJobInstance().getJobName();
        JobDefinition definition = definitions.read(job);
        Target target = targets.get(definition.target());
        Publications publications = new Publications(target.dataSource());
        String token = EtlSchema.token(targets.repository().dataSource());
        RunId run = new RunId(token, execution.getJobInstanceId());
        if (!EtlSchema.existsInTarget(target.database(), target.dataSource()) || !publications.stands(run)) {
            return Optional.of("Execution " + execution.getId() + " of job '" + job
                    + "' has published nothing, or it was taken back: there is nothing that its rejects could be added to."
                    + instead(execution));
        }
        long origin = publications.replayedBy(run).orElse(run.instance());
        Optional<Publications.Last> last = publications.last(token, job);
        return definition.replaces() && last.isPresent() && last.get().instanceId() != origin
                ? Optional.of("Run " + last.get().instanceId() + " has replaced what execution " + execution.getId()
                        + " of job '" + job + "' published; its rejects are not added to newer data")
                : Optional.empty();
    }

    /** What a replay did not load are rejects of what it replayed still: to run the job again would find nothing new. */
    private String instead(JobExecution execution) {
        return Replay.in(RunHistory.userParameters(execution))
                .flatMap(replay -> history.last(replay.of()))
                .map(replayed -> " It was a replay: correct the rejects and replay execution " + replayed.getId())
                .orElse(" Correct the data or the definition and run the job again");
    }

    private static RunOutcome replayed(RunOutcome outcome, long executionId) {
        if (outcome instanceof RunOutcome.NothingNew) {
            return new RunOutcome.NothingNew("Nothing new: of the rejects of execution " + executionId
                    + " all that are to be loaded have been.");
        }
        return outcome instanceof RunOutcome.AlreadyComplete complete
                ? new RunOutcome.NothingNew("Nothing new: execution "
                        + complete.completed().executionId() + " has replayed just this; its report is "
                        + complete.completed().workspace().textReport() + ". What it rejected again is replayed by"
                        + " its own ID.")
                : outcome;
    }

    private static RunOutcome wrong(String message) {
        return new RunOutcome.Wrong(List.of(Problem.wrong(message)));
    }
}
