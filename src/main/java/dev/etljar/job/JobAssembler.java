package dev.etljar.job;

import dev.etljar.database.Target;
import dev.etljar.download.DownloadStep;
import dev.etljar.extract.ExtractStep;
import dev.etljar.finalize.FinalizeDefinition;
import dev.etljar.finalize.FinalizeDefinition.Mode;
import dev.etljar.finalize.FinalizeStep;
import dev.etljar.process.LoadDefinition;
import dev.etljar.process.ProcessDefinition;
import dev.etljar.process.ProcessStep;
import dev.etljar.process.ReplayStep;
import dev.etljar.run.Approvals;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.Progress;
import dev.etljar.run.Publications;
import dev.etljar.run.Replay;
import dev.etljar.run.RunContext;
import dev.etljar.run.StagedTables;
import dev.etljar.run.Verdict;
import dev.etljar.validate.RuleDefinition;
import dev.etljar.validate.RuleDefinition.Severity;
import dev.etljar.validate.ValidateStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Knows the five rooms, which do not know each other, and makes a job of them. */
public final class JobAssembler {

    /** The exit code of DOWNLOAD, and of the job, where the input is what was published last. */
    public static final String NOTHING_NEW = "NOTHING_NEW";

    /** The exit code of a job whose data was refused. */
    public static final String REFUSED = RoomStep.REFUSED;

    /** The exit code of a job that waits for approval. */
    public static final String WAITING = ApprovalGate.WAITING;

    private final JobRepository jobRepository;
    private final Runnable fence;

    /** @param fence throws {@code TakenOverException} where another process runs the job now */
    public JobAssembler(JobRepository jobRepository, Runnable fence) {
        this.jobRepository = jobRepository;
        this.fence = fence;
    }

    /** The rooms of one run, which load into the target. */
    public Rooms rooms(JobDefinition definition, RunContext context, Target target) {
        Map<String, List<String>> keys = keys(definition);
        Optional<Replay> replay = Replay.in(context.parameters());
        ProcessDefinition process = replay.isPresent() ? definition.process().ofReplay() : definition.process();
        FinalizeDefinition finalization =
                replay.isPresent() ? definition.finalization().ofReplay() : definition.finalization();
        Mode mode = finalization.publish();
        return new Rooms(
                new DownloadStep(definition.download(), context),
                replay.map(rejects -> new ReplayStep(rejects, process, context, target))
                        .orElse(null),
                new ExtractStep(definition.extract(), context),
                new ProcessStep(process, context, jobRepository, target, mode == Mode.SWAP),
                new ValidateStep(rules(definition, keys), context, target, mode.replaces()),
                new FinalizeStep(finalization, loadIds(definition), context, target, fence),
                keys,
                new Publications(target.dataSource()));
    }

    /**
     * What the target has against a definition, found without a run: only where the definition asks more of it than rows.
     *
     * @param target is asked for only then
     */
    public static List<Problem> check(JobDefinition definition, Supplier<Target> target) {
        return definition.asksTarget()
                ? FinalizeStep.check(definition.finalization(), target.get(), keys(definition))
                : List.of();
    }

    /** What the target's tables have against a definition, found without a run. */
    public static List<Problem> tables(JobDefinition definition, Target target) {
        List<Problem> problems = new ArrayList<>(ProcessStep.check(definition.process(), target));
        problems.addAll(FinalizeStep.check(definition.finalization(), target, keys(definition)));
        return problems;
    }

    /** How many bytes the local sources of a definition have that are there. */
    public static long localInputSize(JobDefinition definition, RunContext context) throws IOException {
        return new DownloadStep(definition.download(), context).localSize();
    }

    /** What keeps the local sources of a definition from being read. */
    public static List<Problem> localInputProblems(JobDefinition definition, RunContext context) {
        return new DownloadStep(definition.download(), context).localProblems();
    }

    /**
     * @param ended hears of the job's end before it is stored, so that a kill in between repeats it
     */
    public Job assemble(Rooms rooms, RunContext context, Consumer<JobExecution> ended) {
        return assemble(rooms, context, null, null, ended);
    }

    /**
     * @param approve where the job waits for a person, or null
     * @param approvals the decisions; null where it does not wait
     */
    public Job assemble(
            Rooms rooms,
            RunContext context,
            @Nullable ApproveDefinition approve,
            @Nullable Approvals approvals,
            Consumer<JobExecution> ended) {
        ApprovalGate gate = approve == null || approvals == null
                ? null
                : new ApprovalGate(approve, approvals, context, jobRepository);
        HandOvers given = new HandOvers(jobRepository);
        return new EtlJob(
                context.job(),
                jobRepository,
                List.of(
                        room(Phase.DOWNLOAD, context, step -> input(rooms, context, step)),
                        room(Phase.EXTRACT, context, step -> {
                            InputFiles input = given.get(step.getJobExecution(), Phase.DOWNLOAD, InputFiles.class);
                            return rooms.replay() == null ? rooms.extract().run(input) : input;
                        }),
                        room(
                                Phase.PROCESS,
                                context,
                                step -> rooms.process()
                                        .run(given.get(step.getJobExecution(), Phase.EXTRACT, InputFiles.class), step)),
                        room(
                                Phase.VALIDATE,
                                context,
                                step -> rooms.validate()
                                        .run(given.get(step.getJobExecution(), Phase.PROCESS, StagedTables.class))),
                        room(Phase.FINALIZE, context, step -> {
                            JobExecution execution = step.getJobExecution();
                            return rooms.finalization()
                                    .run(
                                            given.get(execution, Phase.VALIDATE, Verdict.class),
                                            rooms.keys(),
                                            given.get(execution, Phase.DOWNLOAD, InputFiles.class),
                                            SetBackNote.isOn(execution.getExecutionContext()));
                        })),
                context.timeBox(),
                gate,
                ended);
    }

    private static InputFiles input(Rooms rooms, RunContext context, StepExecution step) throws IOException {
        if (rooms.replay() != null) {
            InputFiles rejects = rooms.replay().run();
            if (rejects.files().isEmpty()) {
                step.setExitStatus(new ExitStatus(NOTHING_NEW));
            }
            return rejects;
        }
        InputFiles input = rooms.download().run();
        if (!ForceNote.isOn(step.getJobExecution().getExecutionContext())) {
            endWhereNothingIsNew(rooms.publications(), input, context, step);
        }
        return input;
    }

    /** How far PROCESS is, by the checkpoints of its partitions' steps. */
    public static Progress progress(ExecutionContext jobContext, Collection<StepExecution> partitions) {
        return ProcessStep.progress(jobContext, partitions);
    }

    /** How many records PROCESS rejected for each reason. */
    public static Map<String, Long> rejects(ExecutionContext jobContext) {
        return ProcessStep.rejects(jobContext);
    }

    private RoomStep room(Phase phase, RunContext context, RoomStep.Room room) {
        return new RoomStep(phase, context, jobRepository, room);
    }

    private static void endWhereNothingIsNew(
            Publications publications, InputFiles input, RunContext context, StepExecution step) {
        publications
                .last(context.id().repository(), context.job())
                .filter(last -> last.fingerprint().equals(input.fingerprint()))
                .ifPresent(last -> step.setExitStatus(new ExitStatus(NOTHING_NEW)));
    }

    /** The key columns of each target table; empty lists unless publishing is an upsert. */
    private static Map<String, List<String>> keys(JobDefinition definition) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (LoadDefinition load : definition.process().loads()) {
            List<String> key = load.key().isEmpty() ? definition.finalization().key() : load.key();
            keys.put(load.table(), definition.finalization().publish() == Mode.UPSERT ? key : List.of());
        }
        return keys;
    }

    /** The load-ID column of each target table that is to have one. */
    private static Map<String, String> loadIds(JobDefinition definition) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (LoadDefinition load : definition.process().loads()) {
            load.loadId().ifPresent(column -> columns.put(load.table(), column));
        }
        return columns;
    }

    /** The definition's rules; before them those without which an upsert could not tell its rows apart. */
    private static List<RuleDefinition> rules(JobDefinition definition, Map<String, List<String>> keys) {
        List<RuleDefinition> rules = new ArrayList<>();
        keys.forEach((table, key) -> {
            if (!key.isEmpty()) {
                rules.add(new RuleDefinition.NotNull(table, key, Severity.ERROR));
                rules.add(new RuleDefinition.Unique(table, key, Severity.ERROR));
            }
        });
        rules.addAll(definition.validate());
        return rules;
    }
}
