package dev.etljar.finalize;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.database.Target;
import dev.etljar.run.Publication;
import dev.etljar.run.Publication.PublishedTable;
import dev.etljar.run.Publications;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunId;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.StopSignal;
import dev.etljar.run.StoppableJdbc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one transaction in which staged rows become visible: all loads, and the publication rows with them.
 *
 * @param fence throws where another process runs the job now; it comes last, so that the lease's row, which it keeps until
 *     the transaction ends, is not kept from the heartbeat for as long as publishing takes
 */
record Publisher(
        FinalizeDefinition definition, Target target, Publications publications, StopSignal stop, Runnable fence) {

    Publication publish(
            String job, RunId run, String fingerprint, StagedTables staged, Map<String, List<String>> keys) {
        TransactionTemplate transaction = new TransactionTemplate(target.transactions());
        transaction.setIsolationLevel(target.database().publishingIsolation());
        Publication publication = transaction.execute(status -> {
            List<PublishedTable> published = new ArrayList<>();
            for (StagedTable table : staged.tables()) {
                published.add(publish(table, keys.getOrDefault(table.table(), List.of())));
            }
            Publication done = new Publication(Publications.now(), published);
            publications.add(job, run, fingerprint, done);
            fence.run();
            return done;
        });
        return Objects.requireNonNull(publication, "the transaction gave nothing back");
    }

    private PublishedTable publish(StagedTable table, List<String> key) {
        JdbcTemplate jdbc = new StoppableJdbc(target.dataSource(), stop);
        long rows = 0;
        for (String statement : statements(table, key)) {
            rows = jdbc.update(statement);
        }
        if (rows != table.loaded()) {
            requireStaged(jdbc, table);
        }
        String mode = definition.publish().name().toLowerCase(Locale.ROOT);
        return new PublishedTable(table.load(), table.table(), mode, table.loaded());
    }

    /** Other numbers are an upsert's, or a trigger's; but what was judged must be there. */
    private void requireStaged(JdbcTemplate jdbc, StagedTable table) {
        Long staged =
                jdbc.queryForObject("select count(*) from " + target.database().quote(table.staging()), Long.class);
        if (staged == null || staged != table.loaded()) {
            throw new RunFailedException("Load '" + table.load() + "': " + staged + " rows are staged, but "
                    + table.loaded() + " were judged; nothing was published. Begin anew with --start-over");
        }
    }

    private List<String> statements(StagedTable staged, List<String> key) {
        Database database = target.database();
        String table = database.quote(TableName.of(staged.table()));
        String staging = database.quote(staged.staging());
        String columns = database.quoteAll(staged.columnNames());
        String insert = "insert into " + table + " (" + columns + ") select " + columns + " from " + staging;
        return switch (definition.publish()) {
            case APPEND -> List.of(insert);
            // Not truncate: it is not undone by a rollback everywhere, and hides the old rows from readers.
            case REPLACE -> List.of("delete from " + table, insert);
            case UPSERT -> database.upsert(table, staging, staged.columnNames(), key);
        };
    }
}
