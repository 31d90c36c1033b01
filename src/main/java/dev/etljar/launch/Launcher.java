package dev.etljar.launch;

import dev.etljar.database.Database;
import dev.etljar.database.EtlSchema;
import dev.etljar.job.DefinitionException;
import dev.etljar.job.DefinitionReader;
import dev.etljar.job.FailureMessage;
import dev.etljar.job.Init;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.JobDefinition;
import dev.etljar.run.Phase;
import dev.etljar.run.Placeholders;
import dev.etljar.run.Problem;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StopSignal;
import dev.etljar.run.StoppedException;
import dev.etljar.run.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Starts a job, or goes on with it:
 *
 * <ol>
 *   <li>The definition is read; the job repository's tables are made where they are missing.
 *   <li>The newest run with the user's parameters is looked up. Incomplete, it is continued; complete, it is the answer
 *       or a new one follows; with {@code --start-over} it is given up.
 *   <li>An execution that a killed process left behind is recovered.
 *   <li>INIT: everything that would keep the remaining steps from their work is told at once, and nothing is started.
 *   <li>Progress is only continued on the input that it was made of.
 *   <li>The job runs; how it ended is the outcome.
 * </ol>
 */
public final class Launcher {

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    private final Path home;
    private final DefinitionReader definitions;
    private final JobRepository jobRepository;
    private final JobAssembler assembler;
    private final DataSource dataSource;
    private final Database database;
    private final RunHistory history;
    private final Recovery recovery;
    private final RunSummaries summaries;

    public Launcher(
            Path home,
            JobRepository jobRepository,
            JobOperator jobOperator,
            JobAssembler assembler,
            DataSource dataSource,
            Database database) {
        this.home = home;
        this.definitions = new DefinitionReader(home);
        this.jobRepository = jobRepository;
        this.assembler = assembler;
        this.dataSource = dataSource;
        this.database = database;
        this.history = new RunHistory(dataSource, jobRepository);
        this.recovery = new Recovery(jobRepository, jobOperator);
        this.summaries = new RunSummaries(home, jobRepository, dataSource);
    }

    /** Runs the job that the request names until it ends. */
    public RunOutcome run(RunRequest request, RunListener listener, StopSignal stop) {
        try {
            JobDefinition definition = definitions.read(request.job());
            EtlSchema.create(database, dataSource);
            return new Run(definition, request, listener, stop)
                    .start(history.last(request.job(), request.parameters()));
        } catch (DefinitionException e) {
            return new RunOutcome.Wrong(e.errors().stream().map(Problem::wrong).toList());
        } catch (StoppedException e) {
            return new RunOutcome.Stopped(null, "Stopped before a step was started.");
        } catch (IOException | JobExecutionException | RuntimeException e) {
            LOG.debug("The run failed", e);
            return new RunOutcome.Failed(null, FailureMessage.of(e));
        }
    }

    /** Restarts the execution with this ID: the same as running its job with its parameters, if it is the newest of them. */
    public RunOutcome restart(long executionId, boolean startOver, RunListener listener, StopSignal stop) {
        EtlSchema.create(database, dataSource);
        Optional<JobExecution> found = history.execution(executionId);
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

    /** One start of one job. */
    private final class Run {

        private final JobDefinition definition;
        private final RunRequest request;
        private final RunListener listener;
        private final StopSignal stop;
        private final Placeholders placeholders;

        Run(JobDefinition definition, RunRequest request, RunListener listener, StopSignal stop) {
            this.definition = definition;
            this.request = request;
            this.listener = listener;
            this.stop = stop;
            this.placeholders = new Placeholders(request.parameters(), System.getenv());
        }

        RunOutcome start(Optional<JobExecution> last) throws IOException, JobExecutionException {
            if (last.isEmpty()) {
                return begin(1);
            }
            JobExecution execution = last.get();
            if (execution.getStatus() == BatchStatus.COMPLETED) {
                return request.parameters().isEmpty() || request.force()
                        ? begin(RunHistory.runNumber(execution) + 1)
                        : new RunOutcome.AlreadyComplete(summaries.of(execution));
            }
            if (execution.getStatus() == BatchStatus.ABANDONED) {
                return begin(RunHistory.runNumber(execution) + 1);
            }
            recovery.recover(execution);
            return request.startOver() ? startOver(execution) : goOn(execution);
        }

        private RunOutcome startOver(JobExecution execution) throws IOException, JobExecutionException {
            List<Problem> problems = init(Set.of());
            if (!problems.isEmpty()) {
                return new RunOutcome.Wrong(problems);
            }
            recovery.abandon(execution);
            assembler.rooms(definition, context(execution.getJobInstanceId())).discard();
            return begin(RunHistory.runNumber(execution) + 1);
        }

        private RunOutcome begin(long run) throws IOException, JobExecutionException {
            List<Problem> problems = init(Set.of());
            if (!problems.isEmpty()) {
                return new RunOutcome.Wrong(problems);
            }
            JobParameters parameters = jobParameters(run);
            // A kill between the two inserts leaves an instance without an execution; JobOperator.start refuses that.
            JobInstance left = jobRepository.getJobInstance(request.job(), parameters);
            JobInstance instance = left == null ? jobRepository.createJobInstance(request.job(), parameters) : left;
            return execute(jobRepository.createJobExecution(instance, parameters, new ExecutionContext()), false);
        }

        private RunOutcome goOn(JobExecution execution) throws IOException, JobExecutionException {
            Set<Phase> done = summaries.completedPhases(execution);
            RunContext context = context(execution.getJobInstanceId());
            Continuation continuation =
                    new Continuation(jobRepository, execution, assembler.rooms(definition, context));
            Optional<String> changed = continuation.changed(done);
            if (changed.isPresent()) {
                if (continuation.refusedBefore()) {
                    LOG.info("{}; the load that was refused starts over", changed.get());
                    return startOver(execution);
                }
                return new RunOutcome.Refused(
                        null, changed.get() + ". Put it back and run again, or give the progress up with --start-over");
            }
            List<Problem> problems = init(done);
            return problems.isEmpty()
                    ? execute(
                            jobRepository.createJobExecution(
                                    execution.getJobInstance(),
                                    execution.getJobParameters(),
                                    execution.getExecutionContext()),
                            true)
                    : new RunOutcome.Wrong(problems);
        }

        private List<Problem> init(Set<Phase> done) {
            return new Init(home, definition, placeholders).problems(assembler.rooms(definition, context(0)), done);
        }

        private RunOutcome execute(JobExecution execution, boolean restarted)
                throws IOException, JobExecutionException {
            RunContext context = context(execution.getJobInstanceId());
            Job job = assembler.assemble(
                    assembler.rooms(definition, context),
                    context,
                    request.force(),
                    ended -> listener.runEnded(summaries.of(ended)));
            Files.createDirectories(context.workspace().root());
            listener.runStarted(started(context, execution, restarted));
            job.execute(execution);
            return outcome(execution, summaries.of(execution));
        }

        private RunStart started(RunContext context, JobExecution execution, boolean restarted) {
            return new RunStart(
                    context.job(),
                    execution.getId(),
                    context.instanceId(),
                    restarted,
                    context.workspace(),
                    summaries.of(execution).phases());
        }

        private RunOutcome outcome(JobExecution execution, RunSummary summary) {
            String message = execution.getExitStatus().getExitDescription();
            String code = execution.getExitStatus().getExitCode();
            if (execution.getStatus() == BatchStatus.COMPLETED) {
                return code.equals(JobAssembler.NOTHING_NEW)
                        ? new RunOutcome.NothingNew(nothingNew())
                        : new RunOutcome.Completed(summary);
            }
            if (execution.getStatus() == BatchStatus.STOPPED) {
                return new RunOutcome.Stopped(summary, "Stopped; the progress is kept, run again to go on.");
            }
            return code.equals(JobAssembler.REFUSED)
                    ? new RunOutcome.Refused(summary, message)
                    : new RunOutcome.Failed(summary, message + ". The progress is kept, run again to go on");
        }

        private String nothingNew() {
            return "Nothing new: the input of job '" + request.job()
                    + "' is byte for byte what was published last. Use --force to load it once more.";
        }

        private RunContext context(long instanceId) {
            Workspace workspace = new Workspace(
                    home.resolve("data/work").resolve(request.job()).resolve(Long.toString(instanceId)));
            return new RunContext(request.job(), instanceId, home, workspace, placeholders, stop, listener);
        }

        private JobParameters jobParameters(long run) {
            JobParametersBuilder parameters = new JobParametersBuilder().addLong(RunRequest.RUN, run);
            request.parameters().forEach(parameters::addString);
            return parameters.toJobParameters();
        }
    }
}
