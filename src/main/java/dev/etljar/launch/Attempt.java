package dev.etljar.launch;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.Target;
import dev.etljar.job.ForceNote;
import dev.etljar.job.Init;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.JobDefinition;
import dev.etljar.job.Rooms;
import dev.etljar.job.SetBackNote;
import dev.etljar.repository.Recovery;
import dev.etljar.repository.RunHistory;
import dev.etljar.repository.RunSummaries;
import dev.etljar.run.Approvals;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.Publication;
import dev.etljar.run.Publications;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunId;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StopSignal;
import dev.etljar.run.TimeBox;
import dev.etljar.run.Workspace;
import dev.etljar.text.Placeholders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Starts or continues one execution, under the job's lease:
 *
 * <ol>
 *   <li>The run with the user's parameters that has the newest execution is looked up. Incomplete, it is continued; complete,
 *       it is the answer or a new one follows; with {@code --start-over} it is given up. So is one whose publication was taken
 *       back by a rerun that a kill kept from setting it back: it would go on after its publication, which is no more.
 *   <li>An execution that a killed process left behind is recovered.
 *   <li>INIT: everything that would keep the remaining steps from their work is told at once, and nothing is started.
 *   <li>Progress is only continued on the input that it was made of.
 *   <li>The job runs; how it ended is the outcome.
 * </ol>
 */
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Path home;
    private final JobDefinition definition;
    private final RunRequest request;
    private final JobRepository jobRepository;
    private final Runnable fence;
    private final JobAssembler assembler;
    private final Target repository;
    private final Target target;
    private final Faults faults;
    private final AtomicLong startedInstance;
    private final RunListener listener;
    private final StopSignal stop;
    private final TimeBox timeBox;
    private final Placeholders placeholders;
    private final RunHistory history;
    private final Recovery recovery;
    private final RunSummaries summaries;
    private final String token;
    /** Whether this start, or the run that it gives up to begin anew, is to load what was published last, too. */
    private boolean force;

    /**
     * @param jobRepository the view of it that the lease fences
     * @param fence throws {@code TakenOverException} where another process has the lease
     * @param startedInstance the job instance that an attempt before worked on, or 0; set by this one
     */
    Attempt(
            Path home,
            JobDefinition definition,
            RunRequest request,
            JobRepository jobRepository,
            Runnable fence,
            Target repository,
            Target target,
            Faults faults,
            AtomicLong startedInstance,
            RunListener listener,
            StopSignal stop,
            TimeBox timeBox) {
        this.home = home;
        this.definition = definition;
        this.request = request;
        this.jobRepository = jobRepository;
        this.fence = fence;
        this.assembler = new JobAssembler(jobRepository, fence);
        this.repository = repository;
        this.target = target;
        this.faults = faults;
        this.startedInstance = startedInstance;
        this.listener = listener;
        this.stop = stop;
        this.timeBox = timeBox;
        this.placeholders = new Placeholders(request.parameters(), System.getenv(), home);
        this.history = new RunHistory(repository.dataSource(), jobRepository);
        this.recovery = new Recovery(jobRepository);
        this.summaries = new RunSummaries(home, jobRepository, repository);
        this.force = request.force();
        this.token = EtlSchema.token(repository.dataSource());
    }

    RunOutcome make() throws IOException, JobExecutionException {
        Optional<JobExecution> last = history.last(request.job(), request.parameters());
        if (last.isEmpty()) {
            return begin();
        }
        JobExecution execution = last.get();
        boolean ours = execution.getJobInstanceId() == startedInstance.get();
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return ours ? completedUnheard(execution) : afterComplete(execution);
        }
        if (execution.getStatus() == BatchStatus.ABANDONED) {
            // A kill may have cut its removal short.
            rooms(context(execution.getJobInstanceId())).discard();
            return begin();
        }
        recovery.recover(execution);
        return (request.startOver() && !ours) || isTakenBackUnnoted(execution) ? startOver(execution) : goOn(execution);
    }

    /** An attempt before completed it, or a process that took it over did, and this one's reports say otherwise. */
    private RunOutcome completedUnheard(JobExecution execution) {
        RunSummary summary = summaries.of(execution);
        listener.runEnded(summary);
        return new RunOutcome.Completed(summary);
    }

    private RunOutcome afterComplete(JobExecution execution) throws IOException, JobExecutionException {
        return request.parameters().isEmpty() || request.force() || takenBack(execution)
                ? begin()
                : new RunOutcome.AlreadyComplete(summaries.of(execution));
    }

    /** What was taken back is to be loaded again. */
    private boolean takenBack(JobExecution execution) {
        return new Publications(target.dataSource())
                .find(new RunId(token, execution.getJobInstanceId()))
                .filter(Publication::wasTakenBack)
                .isPresent();
    }

    /** A run that was set back goes on to publish anew. */
    private boolean isTakenBackUnnoted(JobExecution execution) {
        return SetBackNote.in(execution.getExecutionContext()).isEmpty() && takenBack(execution);
    }

    private RunOutcome startOver(JobExecution execution) throws IOException, JobExecutionException {
        List<Problem> problems = init(Set.of());
        if (!problems.isEmpty()) {
            return new RunOutcome.Wrong(problems);
        }
        force |= ForceNote.isOn(execution.getExecutionContext());
        recovery.abandon(execution);
        rooms(context(execution.getJobInstanceId())).discard();
        return begin();
    }

    private RunOutcome begin() throws IOException, JobExecutionException {
        List<Problem> problems = init(Set.of());
        if (!problems.isEmpty()) {
            return new RunOutcome.Wrong(problems);
        }
        JobParameters parameters = jobParameters(history.nextNumber(request.job(), request.parameters()));
        // A kill between the two inserts leaves an instance without an execution; JobOperator.start refuses that.
        JobInstance left = jobRepository.getJobInstance(request.job(), parameters);
        JobInstance instance = left == null ? jobRepository.createJobInstance(request.job(), parameters) : left;
        return execute(jobRepository.createJobExecution(instance, parameters, noted(new ExecutionContext())), false);
    }

    private RunOutcome goOn(JobExecution execution) throws IOException, JobExecutionException {
        Set<Phase> done = summaries.completedPhases(execution);
        Continuation continuation =
                new Continuation(jobRepository, execution, rooms(context(execution.getJobInstanceId())));
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
                                execution.getJobInstance(), execution.getJobParameters(), noted(kept(execution))),
                        true)
                : new RunOutcome.Wrong(problems);
    }

    /** What the run goes on with; of a run that was set back, what the steps that run again had made is removed first. */
    private ExecutionContext kept(JobExecution execution) throws IOException {
        ExecutionContext kept = execution.getExecutionContext();
        Optional<SetBackNote> pending = SetBackNote.in(kept).filter(SetBackNote::pending);
        if (pending.isEmpty()) {
            return kept;
        }
        rooms(context(execution.getJobInstanceId())).discard(pending.get().from(), fence);
        return SetBackNote.withoutPending(kept);
    }

    private ExecutionContext noted(ExecutionContext jobContext) {
        if (force) {
            ForceNote.putOn(jobContext);
        }
        return jobContext;
    }

    private List<Problem> init(Set<Phase> done) {
        return new Init(home, definition, placeholders).problems(rooms(context(0)), done);
    }

    private RunOutcome execute(JobExecution execution, boolean restarted) throws IOException, JobExecutionException {
        startedInstance.set(execution.getJobInstanceId());
        RunContext context = context(execution.getJobInstanceId());
        Job job = assembler.assemble(
                rooms(context), context, definition.approve(), new Approvals(repository), this::tellEnd);
        Files.createDirectories(context.workspace().root());
        listener.runStarted(started(context, execution, restarted));
        job.execute(execution);
        return outcome(execution, summaries.of(execution));
    }

    /** Not where the job runs elsewhere now: its report is not this process's to write. */
    private void tellEnd(JobExecution ended) {
        fence.run();
        listener.runEnded(summaries.of(ended));
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
        if (code.equals(JobAssembler.WAITING)) {
            return new RunOutcome.Waiting(summary, String.valueOf(summary.message()));
        }
        if (execution.getStatus() == BatchStatus.STOPPED) {
            return new RunOutcome.Stopped(summary, new StopMessage(stop, timeBox).of(summary));
        }
        return code.equals(JobAssembler.REFUSED)
                ? new RunOutcome.Refused(summary, message)
                : new RunOutcome.Failed(
                        summary,
                        message.replaceFirst("\\.$", "") + ". The progress is kept, run again to go on",
                        execution.getAllFailureExceptions().stream().anyMatch(faults::mayPass));
    }

    private String nothingNew() {
        return "Nothing new: the input of job '" + request.job()
                + "' is byte for byte what was published last. Use --force to load it once more.";
    }

    private Rooms rooms(RunContext context) {
        return assembler.rooms(definition, context, target);
    }

    private RunContext context(long instanceId) {
        Workspace workspace = Workspace.of(home, request.job(), instanceId);
        RunId id = new RunId(token, instanceId);
        return new RunContext(request.job(), id, home, workspace, placeholders, stop, timeBox, listener);
    }

    private JobParameters jobParameters(long run) {
        JobParametersBuilder parameters = new JobParametersBuilder().addLong(RunHistory.RUN, run);
        request.parameters().forEach(parameters::addString);
        return parameters.toJobParameters();
    }
}
