package dev.etljar.finalize;

import dev.etljar.database.Database;
import dev.etljar.database.Exchange;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.finalize.FinalizeDefinition.Mode;
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
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one transaction in which staged rows become visible: all loads, and the publication rows with them.
 *
 * <ol>
 *   <li>Where a transaction can make tables, a missing table is made in it, as the definition has it, and the staging table
 *       takes the place of that: no row is copied. So it does where the definition says swap.
 *   <li>Elsewhere, and where the staging table has other columns than the target, its rows are copied.
 *   <li>The rows are counted: what was judged is what is published.
 * </ol>
 *
 * @param fence throws where another process runs the job now; it comes last, so that the lease's row, which it keeps until
 *     the transaction ends, is not kept from the heartbeat for as long as publishing takes
 */
record Publisher(
        FinalizeDefinition definition,
        Target target,
        Tables tables,
        Publications publications,
        StopSignal stop,
        Runnable fence) {

    private static final List<String> PLACE = List.of(StagedTable.FILE_COLUMN, StagedTable.LINE_COLUMN);

    /** Makes the missing tables that the transaction cannot make. */
    void makeMissing(StagedTables staged, Map<String, List<String>> keys) {
        if (exchange(jdbc()).isEmpty()) {
            staged.tables().forEach(table -> make(table, keys));
        }
    }

    Publication publish(
            String job, RunId run, String fingerprint, StagedTables staged, Map<String, List<String>> keys) {
        TransactionTemplate transaction = new TransactionTemplate(target.transactions());
        transaction.setIsolationLevel(target.database().publishingIsolation());
        Publication publication = transaction.execute(status -> {
            List<PublishedTable> published = new ArrayList<>();
            for (StagedTable table : staged.tables()) {
                published.add(publish(table, keys));
            }
            Publication done = new Publication(Publications.now(), published);
            publications.add(job, run, fingerprint, done);
            fence.run();
            return done;
        });
        return Objects.requireNonNull(publication, "the transaction gave nothing back");
    }

    private PublishedTable publish(StagedTable table, Map<String, List<String>> keys) {
        JdbcTemplate jdbc = jdbc();
        if (!exchanged(table, keys, jdbc)) {
            long rows = 0;
            for (String statement : statements(table, keys.getOrDefault(table.table(), List.of()))) {
                rows = jdbc.update(statement);
            }
            if (rows != table.loaded()) {
                requireStaged(jdbc, table);
            }
        }
        String mode = definition.publish().name().toLowerCase(Locale.ROOT);
        return new PublishedTable(table.load(), table.table(), mode, table.loaded());
    }

    /** Lets the staging table take the place of the target, where it is to. */
    private boolean exchanged(StagedTable table, Map<String, List<String>> keys, JdbcTemplate jdbc) {
        Optional<Exchange> found = exchange(jdbc);
        if (found.isEmpty()) {
            return false;
        }
        Exchange exchange = found.get();
        TableName name = TableName.of(table.table());
        TableName staging = new TableName(null, table.staging());
        boolean missing = makeWhereMissing(table, keys, exchange);
        if (!missing && definition.publish() != Mode.SWAP) {
            return false;
        }
        if (!exchange.fits(staging, name, PLACE)) {
            if (missing) {
                return false;
            }
            throw new RunFailedException("Load '" + table.load() + "': table '" + table.table()
                    + "' is not what it was when the rows were staged to take its place; nothing was published. "
                    + "Begin anew with --start-over");
        }
        requireStaged(jdbc, table);
        exchange.replace(name, staging, PLACE, () -> requireSwappable(table, exchange));
        return true;
    }

    private boolean makeWhereMissing(StagedTable table, Map<String, List<String>> keys, Exchange exchange) {
        TableName name = TableName.of(table.table());
        if (tables.exists(name)) {
            return false;
        }
        exchange.awaitTurn(name);
        if (tables.exists(name)) {
            return false;
        }
        make(table, keys);
        return true;
    }

    private void make(StagedTable table, Map<String, List<String>> keys) {
        tables.create(TableName.of(table.table()), table.columns(), keys.getOrDefault(table.table(), List.of()));
    }

    /** What was bound to the table when the run began is told by then; a view may have been made since. */
    private static void requireSwappable(StagedTable table, Exchange exchange) {
        PublishingCheck.swapProblem(TableName.of(table.table()), exchange).ifPresent(problem -> {
            throw new RunFailedException("Load '" + table.load() + "': " + problem + "; nothing was published");
        });
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
            case REPLACE, SWAP -> List.of("delete from " + table, insert);
            case UPSERT -> database.upsert(table, staging, staged.columnNames(), key);
        };
    }

    private Optional<Exchange> exchange(JdbcTemplate jdbc) {
        return target.database().exchange(jdbc);
    }

    private JdbcTemplate jdbc() {
        return new StoppableJdbc(target.dataSource(), stop);
    }
}
