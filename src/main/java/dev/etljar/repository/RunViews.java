package dev.etljar.repository;

import dev.etljar.database.Database;
import dev.etljar.database.EtlSchema;
import dev.etljar.run.RunSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks at executions without touching them, also while they run. */
public final class RunViews {

    private final RunHistory history;
    private final RunSummaries summaries;
    private final Database database;
    private final DataSource dataSource;

    RunViews(RunHistory history, RunSummaries summaries, Database database, DataSource dataSource) {
        this.history = history;
        this.summaries = summaries;
        this.database = database;
        this.dataSource = dataSource;
    }

    /** The execution with this ID. */
    public Optional<RunSummary> execution(long id) {
        return empty() ? Optional.empty() : history.execution(id).map(summaries::of);
    }

    /** The newest execution of the job instance. */
    public Optional<RunSummary> last(long instance) {
        return empty() ? Optional.empty() : history.last(instance).map(summaries::of);
    }

    /** The newest execution that the user started with just these parameters, of whichever run. */
    public Optional<RunSummary> last(String job, Map<String, String> parameters) {
        return empty() ? Optional.empty() : history.last(job, parameters).map(summaries::of);
    }

    /** The newest executions of the runs with the same parameters that began later than this execution's run, newest first. */
    public Stream<RunSummary> ofLaterRuns(RunSummary run) {
        return history.execution(run.executionId()).stream()
                .flatMap(history::ofLaterRuns)
                .map(summaries::of);
    }

    /** Executions, newest first, of one job or of all. */
    public List<RunSummary> newest(@Nullable String job, int limit) {
        return empty()
                ? List.of()
                : history.newest(job, limit).stream().map(summaries::of).toList();
    }

    /** Where nothing ever ran there are no tables to ask. */
    private boolean empty() {
        return !EtlSchema.exists(database, dataSource);
    }
}
