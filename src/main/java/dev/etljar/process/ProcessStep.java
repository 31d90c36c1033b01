package dev.etljar.process;

import dev.etljar.database.Column;
import dev.etljar.database.Database;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.Progress;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.Sha256;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Fills the staging tables: one partition for each file of each load, with a checkpoint of its own.
 *
 * <ol>
 *   <li>Each load gets its files and columns; a header that does not fit refuses the data before anything is written.
 *   <li>The first attempt makes the staging tables and notes in the job's context that it did. A later one compares
 *       the input with what it was, and the staged rows with the checkpoints, before it goes on.
 *   <li>Each partition that is not complete runs as a chunk-oriented step. One that fails leaves the others' progress.
 *   <li>Only when every partition has seen the end of its file, and no load has too many rejects, is there anything
 *       to hand over.
 * </ol>
 */
public final class ProcessStep {

    /** Pinned: the key in the job's context under which the loads' fingerprint stands once staging has begun. */
    private static final String BEGUN = "process.loads";

    /** Pinned: the bytes of all files of all loads. */
    private static final String BYTES = "process.bytes";

    private final ProcessDefinition definition;
    private final RunContext context;
    private final JobRepository jobRepository;
    private final PlatformTransactionManager transactions;
    private final DataSource dataSource;
    private final Database database;
    private final Staging staging;

    public ProcessStep(
            ProcessDefinition definition,
            RunContext context,
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            DataSource dataSource,
            Database database) {
        this.definition = definition;
        this.context = context;
        this.jobRepository = jobRepository;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.database = database;
        this.staging = new Staging(database, dataSource, context.instanceId());
    }

    /** What keeps the loads from being staged, found before the run. */
    public List<Problem> check() {
        return staging.problems(definition).stream().map(Problem::wrong).toList();
    }

    /** Drops what the run staged. */
    public void discard() {
        staging.discard();
    }

    /** How far the files are, of which these steps wrote the checkpoints. */
    public static Progress progress(ExecutionContext jobContext, Collection<StepExecution> parts) {
        Checkpoint done = parts.stream()
                .map(part -> Checkpoint.of(part.getExecutionContext()))
                .reduce(Checkpoint.START, Checkpoint::plus);
        return new Progress(
                Phase.PROCESS, done.position().offset(), jobContext.getLong(BYTES, -1), done.loaded(), done.rejected());
    }

    /** Whether rows were staged by loads that were defined otherwise than they are now. */
    public boolean redefined(ExecutionContext jobContext) {
        return jobContext.containsKey(BEGUN) && !jobContext.getString(BEGUN).equals(definition.fingerprint());
    }

    /**
     * Reads the input files into the staging tables, from the last checkpoints on.
     *
     * @throws DataRefusedException where the data does not fit the definition, or has too many bad records
     * @throws StoppedException at a chunk's end, when the run was asked to stop
     */
    public StagedTables run(InputFiles input, StepExecution step) throws Exception {
        List<Load> loads = LoadPlan.of(definition, context.instanceId(), input);
        List<LoadTally> tallies = loads.stream().map(LoadTally::new).toList();
        Map<String, Partition> partitions = partitions(tallies);
        ExecutionContext jobContext = step.getJobExecution().getExecutionContext();
        if (jobContext.containsKey(BEGUN)) {
            goOn(step, tallies, partitions);
        } else {
            staging.createAnew(loads);
            jobContext.putString(BEGUN, definition.fingerprint());
            jobContext.putLong(BYTES, bytes(loads));
            jobRepository.updateExecutionContext(step.getJobExecution());
        }
        try {
            runPartitions(step, partitions);
        } finally {
            RejectFile.write(context.workspace().rejects(), dataSource, context.instanceId());
        }
        tallies.forEach(tally -> tally.refuseTooManyRejects(true));
        return new StagedTables(tallies.stream().map(this::stagedTable).toList());
    }

    private Map<String, Partition> partitions(List<LoadTally> tallies) {
        Map<String, Partition> partitions = new LinkedHashMap<>();
        for (LoadTally tally : tallies) {
            for (int file = 0; file < tally.load().files().size(); file++) {
                Partition partition = new Partition(tally, file, () -> report(tallies));
                partitions.put(partition.name(), partition);
            }
        }
        return partitions;
    }

    private void report(List<LoadTally> tallies) {
        Checkpoint done = tallies.stream().map(LoadTally::sum).reduce(Checkpoint.START, Checkpoint::plus);
        long total = bytes(tallies.stream().map(LoadTally::load).toList());
        context.listener()
                .progressed(
                        new Progress(Phase.PROCESS, done.position().offset(), total, done.loaded(), done.rejected()));
    }

    private static long bytes(List<Load> loads) {
        return loads.stream()
                .flatMap(load -> load.files().stream())
                .mapToLong(InputFile::size)
                .sum();
    }

    private void goOn(StepExecution step, List<LoadTally> tallies, Map<String, Partition> partitions)
            throws IOException {
        for (Partition partition : partitions.values()) {
            StepExecution last = jobRepository.getLastStepExecution(
                    step.getJobExecution().getJobInstance(), Phase.PROCESS + ":" + partition.name());
            Checkpoint checkpoint = last == null ? Checkpoint.START : Checkpoint.of(last.getExecutionContext());
            partition.tally().put(partition.file(), checkpoint);
            if (last == null || last.getStatus() != BatchStatus.COMPLETED) {
                requireUnchanged(partition.input());
            }
        }
        tallies.forEach(tally -> staging.reconcile(tally.load(), tally.checkpoints()));
        report(tallies);
    }

    private void requireUnchanged(InputFile file) throws IOException {
        long size = Files.size(file.path());
        String actual = size == file.size() ? Sha256.of(file.path(), context.stop()) : "-";
        if (!actual.equals(file.sha256())) {
            throw new DataRefusedException(file.source() + " has changed under the progress that was kept: expected "
                    + file.size() + " bytes, sha256 " + file.sha256() + ", actual " + size + " bytes, sha256 " + actual
                    + ". Put the file back, or abandon the progress with --start-over");
        }
    }

    private void runPartitions(StepExecution step, Map<String, Partition> partitions) throws Exception {
        SimpleStepExecutionSplitter splitter =
                new SimpleStepExecutionSplitter(jobRepository, Phase.PROCESS.name(), gridSize -> contexts(partitions));
        List<StepExecution> parts = new ArrayList<>(splitter.split(step, partitions.size()));
        parts.sort(Comparator.comparing(StepExecution::getId));
        ChunkSteps steps = new ChunkSteps(jobRepository, transactions, dataSource, database, context);
        for (StepExecution part : parts) {
            Partition partition = partition(partitions, part);
            context.stop().onRequest(part::setTerminateOnly);
            steps.of(part.getStepName(), partition, definition.checkpointEvery())
                    .execute(part);
        }
        conclude(step, parts);
    }

    private static Partition partition(Map<String, Partition> partitions, StepExecution part) {
        String name = part.getStepName().substring(Phase.PROCESS.name().length() + 1);
        return Objects.requireNonNull(partitions.get(name), () -> "no load and file for " + part.getStepName());
    }

    private static Map<String, ExecutionContext> contexts(Map<String, Partition> partitions) {
        Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
        partitions.keySet().forEach(name -> contexts.put(name, new ExecutionContext()));
        return contexts;
    }

    /** Refused data counts before a failure, a failure before a stop: the gravest decides what the run says. */
    private static void conclude(StepExecution step, List<StepExecution> parts) throws Exception {
        List<Throwable> failures = parts.stream()
                .flatMap(part -> part.getFailureExceptions().stream())
                .toList();
        parts.forEach(part -> {
            step.setReadCount(step.getReadCount() + part.getReadCount());
            step.setWriteCount(step.getWriteCount() + part.getWriteCount());
            step.setFilterCount(step.getFilterCount() + part.getFilterCount());
            step.setCommitCount(step.getCommitCount() + part.getCommitCount());
            step.setRollbackCount(step.getRollbackCount() + part.getRollbackCount());
        });
        for (Throwable failure : failures) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof DataRefusedException refused) {
                    throw refused;
                }
            }
        }
        for (StepExecution part : parts) {
            if (part.getStatus() == BatchStatus.STOPPED) {
                throw new StoppedException();
            }
            if (part.getStatus() != BatchStatus.COMPLETED) {
                throw failures.isEmpty()
                        ? new RunFailedException(part.getStepName() + " ended " + part.getStatus())
                        : failure(failures.get(0));
            }
        }
    }

    private static Exception failure(Throwable failure) {
        return failure instanceof Exception exception ? exception : new RunFailedException(failure.toString(), failure);
    }

    private StagedTable stagedTable(LoadTally tally) {
        Checkpoint sum = tally.sum();
        Load load = tally.load();
        List<Column> columns = Staging.columns(load);
        return new StagedTable(
                load.definition().name(),
                load.definition().table(),
                load.staging().name(),
                columns,
                sum.position().record(),
                sum.loaded(),
                sum.rejected(),
                sum.filtered());
    }
}
