package dev.etljar.repository;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.job.HandOvers;
import dev.etljar.job.Init;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.JobDefinition;
import dev.etljar.job.Rooms;
import dev.etljar.job.SetBackNote;
import dev.etljar.lease.Lease;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunId;
import dev.etljar.run.StagedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;

/** One run between its executions: what is left of what its steps have made, and how it is set back to one of them. */
public final class PastRun {

    private final JobExecution last;
    private final JobDefinition definition;
    private final JobRepository jobRepository;
    private final Targets targets;
    private final Target target;
    private final RunContext context;
    private final Rooms rooms;

    PastRun(JobExecution last, JobDefinition definition, Path home, JobRepository jobRepository, Targets targets) {
        this.last = last;
        this.definition = definition;
        this.jobRepository = jobRepository;
        this.targets = targets;
        this.target = targets.get(definition.target());
        String job = last.getJobInstance().getJobName();
        this.context = RunContext.between(
                job,
                new RunId(EtlSchema.token(targets.repository().dataSource()), last.getJobInstanceId()),
                home,
                RunHistory.userParameters(last),
                System.getenv());
        this.rooms = new JobAssembler(jobRepository, () -> {}).rooms(definition, context, target);
    }

    public RunId id() {
        return context.id();
    }

    public JobDefinition definition() {
        return definition;
    }

    public Target target() {
        return target;
    }

    /** The note of it having been set back, if it was. */
    public Optional<SetBackNote> note() {
        return SetBackNote.in(last.getExecutionContext());
    }

    /** What would keep the next start from its work, where these steps are done. */
    public List<Problem> problems(Set<Phase> done) {
        return new Init(context.home(), definition, context.placeholders()).problems(rooms, done);
    }

    /** Where those of the input files are that were archived and are nowhere else. */
    public Map<InputFile, Path> archived() throws IOException {
        Optional<InputFiles> input = input(Phase.DOWNLOAD);
        return input.isEmpty() ? Map.of() : rooms.archived(input.get());
    }

    /** Puts them back where they were read. */
    public void putBackArchived() throws IOException {
        Optional<InputFiles> input = input(Phase.DOWNLOAD);
        if (input.isPresent()) {
            rooms.putBackArchived(input.get());
        }
    }

    /**
     * Why the step cannot begin with what the steps before it have made, all of which were completed once; a file that is in
     * the archive counts as there.
     *
     * @param published whether the run's publication stands, and will
     */
    public Optional<String> obstacle(Phase step, boolean published) throws IOException {
        if (step == Phase.DOWNLOAD || (step == Phase.FINALIZE && published)) {
            return Optional.empty();
        }
        if (step == Phase.FINALIZE) {
            return unstaged();
        }
        Optional<String> changed = changed();
        if (changed.isPresent()) {
            return changed;
        }
        return step == Phase.VALIDATE
                ? redefined().or(this::unstaged)
                : gone(step == Phase.EXTRACT ? Phase.DOWNLOAD : Phase.EXTRACT);
    }

    /**
     * Sets it back, under the job's lease.
     *
     * @see SetBack
     */
    public void setBack(SetBackNote note, Lease lease) {
        new SetBack(targets.repository(), lease).to(note, last);
    }

    private Optional<InputFiles> input(Phase phase) {
        return new HandOvers(jobRepository).find(last, phase, InputFiles.class);
    }

    /** As the next start will ask, too. */
    private Optional<String> changed() throws IOException {
        Optional<InputFiles> input = input(Phase.DOWNLOAD);
        return input.isEmpty() ? Optional.empty() : rooms.changed(input.get(), false);
    }

    private Optional<String> redefined() {
        return rooms.redefined(last.getExecutionContext())
                ? Optional.of("The definition of the loads has changed since their rows were staged")
                : Optional.empty();
    }

    private Optional<String> unstaged() {
        Tables tables = new Tables(target.database(), target.dataSource());
        return new HandOvers(jobRepository)
                        .find(last, Phase.PROCESS, StagedTables.class)
                        .filter(staged -> staged.tables().stream()
                                .allMatch(table -> tables.exists(new TableName(null, table.staging()))))
                        .isPresent()
                ? Optional.empty()
                : Optional.of("The staged rows are not kept any more");
    }

    private Optional<String> gone(Phase phase) throws IOException {
        Set<Path> archived = archived().keySet().stream().map(InputFile::path).collect(Collectors.toUnmodifiableSet());
        return input(phase).orElse(new InputFiles(List.of())).files().stream()
                .map(InputFile::path)
                .filter(path -> !Files.exists(path) && !archived.contains(path))
                .findFirst()
                .map(path -> path.normalize() + " is not kept any more");
    }
}
