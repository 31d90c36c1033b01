package dev.etljar.purge;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.Target;
import dev.etljar.job.FailureMessage;
import dev.etljar.job.JobDefinition;
import dev.etljar.repository.RunInputs;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.TakenOverException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The old runs of one job, which nobody else runs meanwhile. */
final class JobPurge {

    private final Path home;
    private final String job;
    private final JobDefinition definition;
    private final Target repository;
    private final Target target;
    private final RunInputs inputs;
    private final PurgeRequest request;
    private final LocalDateTime before;
    private final Runnable fence;
    private Removed removed = Removed.NOTHING;

    /**
     * @param before what ended before is old
     * @param fence throws {@code TakenOverException} where another process has the job's lease
     */
    JobPurge(
            Path home,
            String job,
            JobDefinition definition,
            Target repository,
            Target target,
            RunInputs inputs,
            PurgeRequest request,
            LocalDateTime before,
            Runnable fence) {
        this.home = home;
        this.job = job;
        this.definition = definition;
        this.repository = repository;
        this.target = target;
        this.inputs = inputs;
        this.request = request;
        this.before = before;
        this.fence = fence;
    }

    PurgedJob run() {
        try {
            purge();
            return PurgedJob.done(job, removed);
        } catch (IOException | RuntimeException e) {
            return PurgedJob.left(job, removed, problem(e));
        }
    }

    private static String problem(Exception failure) {
        return failure instanceof IllegalArgumentException || failure instanceof TakenOverException
                ? String.valueOf(failure.getMessage())
                : FailureMessage.of(failure);
    }

    private void purge() throws IOException {
        String token = EtlSchema.token(repository.dataSource());
        RepositoryRows repositoryRows = new RepositoryRows(repository, request.dryRun());
        List<RunRow> rows = repositoryRows.runs(job);
        requireTables();
        PublicationRows publications = new PublicationRows(target, token, job, request.dryRun());
        Set<Long> withImage = publications.newest(definition.finalization().keep());
        Set<Long> needed = new HashSet<>(withImage);
        needed.addAll(publications.last());
        OldRuns old = OldRuns.of(rows, needed, request.keep(), before);
        RunTables tables = new RunTables(target, token, request.dryRun());
        RunFiles files =
                new RunFiles(home, job, token, definition.finalization().archive(), inputs, request.dryRun());
        TargetRows targetRows = new TargetRows(target, token, publications, request.dryRun());
        for (List<OldRun> group : old.groups()) {
            remove(group, files, tables, targetRows, repositoryRows);
        }
        dropLeftovers(rows, old, withImage, tables, publications);
        removeLeftovers(rows, old, publications);
    }

    /** Each start makes them before it notes a run. */
    private void requireTables() {
        try {
            if (!EtlSchema.existsInTarget(target.database(), target.dataSource())) {
                throw new RunFailedException("The target '" + target.name()
                        + "' has none of this application's tables: the job's runs were loaded into another database");
            }
        } catch (DataAccessException e) {
            throw new RunFailedException(
                    "The target '" + target.name() + "' cannot be used. " + FailureMessage.of(e), e);
        }
    }

    private void remove(
            List<OldRun> group, RunFiles files, RunTables tables, TargetRows targetRows, RepositoryRows repositoryRows)
            throws IOException {
        for (OldRun run : group) {
            fence.run();
            removed = removed.plus(files.remove(run.row()));
        }
        for (OldRun run : group) {
            fence.run();
            removed = removed.plus(
                    Removed.tables(tables.dropStaging(run.instance()) + tables.dropImages(run.instance())));
        }
        if (!target.isRepository()) {
            fence.run();
            removed = removed.plus(Removed.rows(inTransaction(target, () -> sum(group, targetRows))));
        }
        removed = removed.plus(Removed.rows(inTransaction(repository, () -> {
                    fence.run();
                    return (target.isRepository() ? sum(group, targetRows) : 0)
                            + group.stream().mapToLong(repositoryRows::remove).sum();
                })))
                .plus(Removed.runs(group.size()));
    }

    private static long sum(List<OldRun> group, TargetRows rows) {
        return group.stream().mapToLong(rows::remove).sum();
    }

    /** Tables of runs that stay, and never go on: a kill has left them. */
    private void dropLeftovers(
            List<RunRow> rows, OldRuns old, Set<Long> withImage, RunTables tables, PublicationRows publications) {
        Set<Long> gone = old.instances();
        for (RunRow row : rows) {
            if (row.isOver(before) && !gone.contains(row.instance())) {
                fence.run();
                removed = removed.plus(Removed.tables(tables.dropStaging(row.instance())));
                if (tables.hasImages(row.instance()) && !withImage.contains(row.instance())) {
                    removed = removed.plus(Removed.tables(tables.dropImages(row.instance())));
                    publications.forgetImages(row.instance());
                }
            }
        }
    }

    private void removeLeftovers(List<RunRow> rows, OldRuns old, PublicationRows publications) {
        fence.run();
        Set<Long> gone = old.instances();
        Set<Long> whole = rows.stream()
                .filter(row -> row.whole() && !gone.contains(row.instance()))
                .map(RunRow::instance)
                .collect(Collectors.toSet());
        Set<Long> lines = rows.stream().map(RunRow::instance).collect(Collectors.toSet());
        removed = removed.plus(Removed.rows(publications.removeLeftovers(lines, whole)));
    }

    private interface Work {
        long make();
    }

    /** Where a database locks the gaps between rows as well, rows of runs that are under way are not kept waiting so. */
    private long inTransaction(Target database, Work work) {
        TransactionTemplate transaction = new TransactionTemplate(database.transactions());
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        Long rows = transaction.execute(status -> work.make());
        return rows == null ? 0 : rows;
    }
}
