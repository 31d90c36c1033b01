package dev.etljar.finalize;

import dev.etljar.database.Database;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.Publication;
import dev.etljar.run.Publications;
import dev.etljar.run.RunContext;
import dev.etljar.run.StagedTables;
import dev.etljar.run.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes, archives and cleans up. Each part may be cut short and is then done again:
 *
 * <ol>
 *   <li>Where a transaction cannot make tables, a missing target table is made before it, empty: to a reader it holds what
 *       it held before.
 *   <li>All loads are published in one transaction, which also writes the publication rows. Where those are there
 *       already, an earlier attempt published, and nothing is published again.
 *   <li>The input is moved to the archive; what is there already stays.
 *   <li>Staging tables and the workspace's input files are removed.
 * </ol>
 */
public final class FinalizeStep {

    private static final Logger LOG = LoggerFactory.getLogger(FinalizeStep.class);

    private final FinalizeDefinition definition;
    private final Target target;
    private final RunContext context;
    private final Runnable fence;
    private final Tables tables;
    private final Database database;
    private final Publisher publisher;
    private final Publications publications;

    /**
     * @param loadIds the load-ID column of each target table that is to have one
     * @param fence throws {@code TakenOverException} where another process runs the job now
     */
    public FinalizeStep(
            FinalizeDefinition definition,
            Map<String, String> loadIds,
            RunContext context,
            Target target,
            Runnable fence) {
        this.definition = definition;
        this.target = target;
        this.context = context;
        this.fence = fence;
        this.database = target.database();
        this.tables = new Tables(database, target.dataSource());
        this.publications = new Publications(target.dataSource());
        this.publisher = new Publisher(
                definition,
                target,
                tables,
                new WaysBack(definition, loadIds, target, tables),
                publications,
                context.stop(),
                fence);
    }

    /**
     * What in the target keeps the loads from being published, found without a run.
     *
     * @param keys the key columns of each target table, empty where publishing needs none
     */
    public static List<Problem> check(FinalizeDefinition definition, Target target, Map<String, List<String>> keys) {
        return new PublishingCheck(definition, target).problems(keys);
    }

    /**
     * What keeps the loads from being published, found before the run.
     *
     * @param keys the key columns of each target table, empty where publishing needs none
     */
    public List<Problem> check(Map<String, List<String>> keys) {
        List<Problem> problems = new ArrayList<>(check(definition, target, keys));
        if (definition.archive() != null) {
            new Archive(context, definition.archive()).check().ifPresent(problems::add);
        }
        return problems;
    }

    /**
     * Publishes what passed, once.
     *
     * @param keys the key columns of each target table, empty where publishing needs none
     * @param input what DOWNLOAD handed over
     * @param again whether the run was set back: what it had published and was taken back is then published anew
     * @throws DataRefusedException where a constraint of a target table refuses rows; nothing is published then
     */
    public Publication run(Verdict verdict, Map<String, List<String>> keys, InputFiles input, boolean again)
            throws IOException {
        StagedTables staged = verdict.staged();
        if (again) {
            forgetTakenBack();
        }
        Publication publication = publications.find(context.id()).orElseGet(() -> publish(staged, keys, input));
        // Who was paused until here must not take away the input of a later run.
        fence.run();
        List<String> warnings = definition.archive() == null
                ? List.of()
                : new Archive(context, definition.archive()).take(input, context.stop());
        Publication told = publication.with(warnings);
        told.warnings().forEach(warning -> LOG.warn("The data is published, but {}", warning));
        new Images(target, context.id(), context.job()).prune(definition.keep());
        tables.names(context.id().stagingPrefix()).forEach(tables::drop);
        removeFiles();
        return told;
    }

    /** Not where the job runs elsewhere now: by the mark that it was taken back, a later start knows to load it again. */
    private void forgetTakenBack() {
        new TransactionTemplate(target.transactions()).executeWithoutResult(status -> {
            publications.forgetTakenBack(context.id());
            fence.run();
        });
    }

    /** Where those of the run's input files are that were archived and are nowhere else. */
    public Map<InputFile, Path> archived(InputFiles input) throws IOException {
        return definition.archive() == null
                ? Map.of()
                : new Archive(context, definition.archive()).missing(input, context.stop());
    }

    /** Puts them back where they were read. */
    public void putBackArchived(InputFiles input) throws IOException {
        for (Map.Entry<InputFile, Path> file : archived(input).entrySet()) {
            Archive.putBack(file.getValue(), file.getKey().path());
        }
    }

    /** Removes the input files that the run fetched and extracted, and what it kept of rows that it did not replace. */
    public void discard() throws IOException {
        if (!publications.stands(context.id())) {
            tables.names(context.id().imagePrefix()).forEach(tables::drop);
        }
        removeFiles();
    }

    private void removeFiles() throws IOException {
        Cleanup.removeTree(context.workspace().extract());
        Cleanup.removeTree(context.workspace().download());
    }

    private Publication publish(StagedTables staged, Map<String, List<String>> keys, InputFiles input) {
        publisher.makeMissing(staged, keys);
        try {
            Publication publication = publisher.publish(context.job(), context.id(), input.fingerprint(), staged, keys);
            context.listener().noted(Phase.FINALIZE, "published");
            return publication;
        } catch (DataIntegrityViolationException e) {
            if (database.causeMayPass(e)) {
                throw e;
            }
            // What is in the way may be this run's own rows: a process that was paused before it published, and the one
            // that took it over, come here both.
            return publications.find(context.id()).orElseThrow(() -> refused(e));
        }
    }

    private DataRefusedException refused(DataIntegrityViolationException failure) {
        return new DataRefusedException("A constraint of a target table refuses the rows, nothing was published: "
                + database.message(failure.getMostSpecificCause()));
    }
}
