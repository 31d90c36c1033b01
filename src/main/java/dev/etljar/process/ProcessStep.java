package dev.etljar.process;

import dev.etljar.database.Column;
import dev.etljar.database.TableName;
import dev.etljar.database.Target;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.Progress;
import dev.etljar.run.Replay;
import dev.etljar.run.RunContext;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.StoppedException;
import dev.etljar.run.TakenOverException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills the staging tables: one partition for each range of each file of each load, with a checkpoint of its own.
 *
 * <ol>
 *   <li>Each load gets its files and columns; a header that does not fit refuses the data before anything is written.
 *   <li>The first attempt makes the staging tables and notes in the job's context that it did. A later one compares
 *       the input with what it was, and the staged rows with the checkpoints, before it goes on.
 *   <li>Each partition that is not complete runs as a chunk-oriented step, those of a load that is after others when these are
 *       complete. One that fails leaves the others' progress, and the other loads' turns.
 *   <li>Only when every partition has seen the end of its range, and no load has too many rejects, is there anything
 *       to hand over.
 * </ol>
 */
public final class ProcessStep {

    private final ProcessDefinition definition;
    private final RunContext context;
    private final JobRepository jobRepository;
    private final Target target;
    private final boolean replay;
    private final Staging staging;
    private final TargetCheckpoints checkpoints;
    private long bytes;

    /** @param swaps whether the staging tables are to take the places of the target tables */
    public ProcessStep(
            ProcessDefinition definition,
            RunContext context,
            JobRepository jobRepository,
            Target target,
            boolean swaps) {
        this.definition = definition;
        this.context = context;
        this.jobRepository = jobRepository;
        this.target = target;
        this.replay = Replay.in(context.parameters()).isPresent();
        this.staging = new Staging(target, context.id(), swaps);
        this.checkpoints = new TargetCheckpoints(target, context.id());
    }

    /** What keeps the loads from being staged, found before the run. */
    public List<Problem> check() {
        return check(definition, target);
    }

    /** What in the target keeps the loads of a definition from being staged, found without a run. */
    public static List<Problem> check(ProcessDefinition definition, Target target) {
        return TargetCheck.problems(definition, target).stream()
                .map(Problem::wrong)
                .toList();
    }

    /** Drops what the run staged. */
    public void discard() {
        staging.discard();
        checkpoints.discard();
    }

    /**
     * Removes what the run staged and rejected, so that it is staged anew. A process that was paused in here, and taken over,
     * removes nothing of its successor's: it goes by what was there while the job was its own.
     *
     * @param fence throws {@code TakenOverException} where another process runs the job now
     */
    public void discardAll(Runnable fence) throws IOException {
        List<TableName> staged = staging.tables();
        new TransactionTemplate(target.transactions()).executeWithoutResult(status -> {
            checkpoints.discard();
            new Rejects(target, context.id()).discard();
            fence.run();
        });
        staging.drop(staged);
        Files.deleteIfExists(context.workspace().rejects());
    }

    /** Takes out of the job's context what PROCESS has put there, hand-overs aside: it begins anew. */
    public static void forget(ExecutionContext jobContext) {
        new ProcessNotes(jobContext).forget();
    }

    /** How far the files are, of which these steps wrote the checkpoints. */
    public static Progress progress(ExecutionContext jobContext, Collection<StepExecution> parts) {
        Done done = parts.stream()
                .map(part -> Checkpoint.of(part.getExecutionContext()).done())
                .reduce(Done.NOTHING, Done::plus);
        return progress(done, new ProcessNotes(jobContext).bytes());
    }

    private static Progress progress(Done done, long bytes) {
        return new Progress(Phase.PROCESS, done.bytes(), bytes, done.loaded(), done.rejected());
    }

    /** How many records were rejected for each reason, as counted when PROCESS last ended. */
    public static Map<String, Long> rejects(ExecutionContext jobContext) {
        return new ProcessNotes(jobContext).rejects();
    }

    /** Which loads did not begin in this attempt since another one is not complete; empty where there were none. */
    public static Optional<String> notBegun(StepExecution step) {
        return NotBegun.of(step);
    }

    /** Whether rows were staged by loads that were defined otherwise than they are now. */
    public boolean redefined(ExecutionContext jobContext) {
        return new ProcessNotes(jobContext).begunOtherwise(definition.fingerprint());
    }

    /**
     * Reads the input files into the staging tables, from the last checkpoints on.
     *
     * @throws DataRefusedException where the data does not fit the definition, or has too many bad records
     * @throws StoppedException at a chunk's end, when the run was asked to stop
     */
    public StagedTables run(InputFiles input, StepExecution step) throws Exception {
        NotBegun.forget(step);
        ExecutionContext jobContext = step.getJobExecution().getExecutionContext();
        for (InputFile file : input.files()) {
            file.requireUnchanged(context.stop());
        }
        List<Load> loads = replay
                ? LoadPlan.ofReplay(definition, stagingPrefix(step), input, new Headers(target, context.id()).all())
                : LoadPlan.of(definition, stagingPrefix(step), input);
        List<LoadTally> tallies = loads.stream().map(LoadTally::new).toList();
        bytes = bytes(loads);
        boolean begun = new ProcessNotes(jobContext).begun();
        if (!begun) {
            begin(step, loads);
        }
        Map<String, Partition> partitions = Partitions.of(tallies, jobContext, () -> report(tallies));
        if (begun) {
            new Continuation(jobRepository, target, context, staging, checkpoints).of(step, partitions);
            report(tallies);
        }
        try {
            new PartitionedRun(jobRepository, target, context, checkpoints, definition).of(step, partitions);
            partitions.values().forEach(Partition::requireFinished);
        } catch (Exception e) {
            tellRejectsBeside(e, loads, step);
            throw e;
        }
        tellRejects(loads, step);
        tallies.forEach(tally -> tally.refuseTooManyRejects(true));
        if (replay && tallies.stream().noneMatch(tally -> tally.done().loaded() > 0)) {
            throw new DataRefusedException("None of the rejects can be loaded; nothing was published. See rejects.csv,"
                    + " correct them or the definition, and replay them again");
        }
        return new StagedTables(tallies.stream().map(this::stagedTable).toList());
    }

    private void begin(StepExecution step, List<Load> loads) throws IOException {
        ExecutionContext jobContext = step.getJobExecution().getExecutionContext();
        Partitions partitions =
                new Partitions(definition.parallelism(), definition.rangeSize().toBytes(), context);
        Map<Load, Long> sideBySide = partitions.cut(loads, jobContext);
        staging.create(loads);
        staging.spread(sideBySide);
        new ProcessNotes(jobContext).begin(definition.fingerprint(), stagingPrefix(step), bytes);
        try {
            jobRepository.updateExecutionContext(step.getJobExecution());
        } catch (TakenOverException e) {
            // Nobody fills them, and the run that would drop them with its own may be over.
            staging.drop(loads.stream().map(Load::staging).toList());
            throw e;
        }
    }

    /**
     * The first attempt's step execution is part of the names, and they become the run's with its first note in the job's
     * context. So a process that was paused, taken over and woken up in between makes tables that nobody fills, and never
     * drops or empties those of its successor.
     */
    private String stagingPrefix(StepExecution step) {
        ExecutionContext jobContext = step.getJobExecution().getExecutionContext();
        return new ProcessNotes(jobContext)
                .stagingPrefix()
                .orElseGet(() -> context.id().stagingPrefix() + step.getId() + "_");
    }

    private void tellRejects(List<Load> loads, StepExecution step) throws IOException {
        Rejects rejects = new Rejects(target, context.id());
        if (!replay) {
            rejects.keepHeaders(target, loads);
        }
        rejects.write(context.workspace().rejects());
        new ProcessNotes(step.getJobExecution().getExecutionContext()).tellRejects(rejects.byReason());
        jobRepository.updateExecutionContext(step.getJobExecution());
    }

    /** What ended the step is what counts: where the database is gone, the rejects wait in it for the next attempt. */
    private void tellRejectsBeside(Exception failure, List<Load> loads, StepExecution step) {
        try {
            tellRejects(loads, step);
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** One at a time, so that what is told never goes back. */
    private synchronized void report(List<LoadTally> tallies) {
        Done done = tallies.stream().map(LoadTally::done).reduce(Done.NOTHING, Done::plus);
        context.listener().progressed(progress(done, bytes));
    }

    private static long bytes(List<Load> loads) {
        return loads.stream()
                .flatMap(load -> load.files().stream())
                .mapToLong(InputFile::size)
                .sum();
    }

    private StagedTable stagedTable(LoadTally tally) {
        Done sum = tally.done();
        Load load = tally.load();
        List<Column> columns = Staging.columns(load);
        return new StagedTable(
                load.definition().name(),
                load.definition().table(),
                load.staging().name(),
                columns,
                sum.records(),
                sum.loaded(),
                sum.rejected(),
                sum.filtered());
    }
}
