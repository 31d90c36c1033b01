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
import dev.etljar.run.Publications.WayBack;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunId;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.StopSignal;
import dev.etljar.run.StoppableJdbc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one transaction in which staged rows become visible: all loads, and the publication rows with them.
 *
 * <ol>
 *   <li>Who was paused in the middle of staging, and taken over, is ended: its lock would be in the way of a rename.
 *   <li>The publication row comes first: its ID is what the load's rows carry.
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
        WaysBack ways,
        Publications publications,
        StopSignal stop,
        Runnable fence) {

    private static final List<String> PLACE = List.of(StagedTable.FILE_COLUMN, StagedTable.LINE_COLUMN);

    /** Makes the missing tables that the transaction cannot make. */
    void makeMissing(StagedTables staged, Map<String, List<String>> keys) {
        if (exchange(jdbc()).isEmpty()) {
            staged.tables().forEach(table -> make(table, keys.getOrDefault(table.table(), List.of())));
        }
    }

    Publication publish(
            String job, RunId run, String fingerprint, StagedTables staged, Map<String, List<String>> keys) {
        fence.run();
        exchange(jdbc())
                .ifPresent(exchange ->
                        staged.tables().forEach(table -> exchange.endWriters(new TableName(null, table.staging()))));
        List<String> warnings = new ArrayList<>();
        Map<String, WayBack> prepared = ways.prepare(run, staged.tables(), keys, warnings);
        stop.throwIfRequested();
        TransactionTemplate transaction = new TransactionTemplate(target.transactions());
        transaction.setIsolationLevel(target.database().publishingIsolation());
        Publication publication = transaction.execute(status -> {
            Instant now = Publications.now();
            String mode = definition.publish().name().toLowerCase(Locale.ROOT);
            List<PublishedTable> published = new ArrayList<>();
            for (StagedTable table : staged.tables()) {
                PublishedTable row = new PublishedTable(table.load(), table.table(), mode, table.loaded());
                WayBack back = Objects.requireNonNull(prepared.get(table.load()));
                publish(new Part(table, back, publications.add(job, run, fingerprint, now, row, back)));
                published.add(row);
            }
            fence.run();
            return new Publication(now, published).with(warnings);
        });
        return Objects.requireNonNull(publication, "the transaction gave nothing back");
    }

    /**
     * One load on its way.
     *
     * @param id the publication's, which its rows are to carry
     */
    private record Part(StagedTable table, WayBack back, long id) {

        TableName target() {
            return TableName.of(table.table());
        }

        TableName staging() {
            return new TableName(null, table.staging());
        }

        @Nullable
        TableName image() {
            return back.image() == null ? null : new TableName(null, back.image());
        }
    }

    private void publish(Part part) {
        JdbcTemplate jdbc = jdbc();
        if (!exchanged(part, jdbc) && copied(part, jdbc) != part.table().loaded()) {
            requireStaged(jdbc, part.table());
        }
    }

    /** Lets the staging table take the place of the target, where it is to. */
    private boolean exchanged(Part part, JdbcTemplate jdbc) {
        Optional<Exchange> found = exchange(jdbc);
        if (found.isEmpty()) {
            return false;
        }
        Exchange exchange = found.get();
        boolean missing = makeWhereMissing(part, exchange);
        if (!missing && definition.publish() != Mode.SWAP) {
            return false;
        }
        @Nullable String loadId = part.back().loadIdColumn();
        List<String> without = new ArrayList<>(PLACE);
        if (loadId != null) {
            without.add(loadId);
        }
        if (!exchange.fits(part.staging(), part.target(), without)) {
            if (missing) {
                return false;
            }
            throw new RunFailedException(
                    "Load '" + part.table().load() + "': table '" + part.table().table()
                            + "' is not what it was when the rows were staged to take its place; nothing was published. "
                            + "Begin anew with --start-over");
        }
        requireStaged(jdbc, part.table());
        if (loadId != null) {
            exchange.addNumber(part.staging(), loadId, part.id());
        }
        exchange.replace(
                part.target(), part.staging(), PLACE, part.image(), () -> requireSwappable(part.table(), exchange));
        return true;
    }

    private boolean makeWhereMissing(Part part, Exchange exchange) {
        if (tables.exists(part.target())) {
            return false;
        }
        exchange.awaitTurn(part.target());
        if (tables.exists(part.target())) {
            return false;
        }
        make(part.table(), part.back().key());
        return true;
    }

    private void make(StagedTable table, List<String> key) {
        tables.create(TableName.of(table.table()), ways.columns(table), key);
    }

    /** Copies the staged rows into the table, and keeps an image of what they take the place of; gives their number. */
    private long copied(Part part, JdbcTemplate jdbc) {
        @Nullable TableName image = part.image();
        if (image != null) {
            if (exchange(jdbc).isPresent()) {
                ways.createImage(
                        image, part.table(), Objects.requireNonNull(part.back().loadIdColumn()));
            }
            keep(part, image, jdbc);
        }
        long rows = 0;
        for (String statement : statements(part, image == null)) {
            rows = jdbc.update(statement);
        }
        return rows;
    }

    private void keep(Part part, TableName image, JdbcTemplate jdbc) {
        Database database = target.database();
        String from = database.quote(part.target());
        String into = database.quote(image);
        if (definition.publish() == Mode.UPSERT) {
            List<String> names = WaysBack.imageColumns(
                    part.table(), Objects.requireNonNull(part.back().loadIdColumn()));
            String overwritten =
                    names.stream().map(column -> "t." + database.quote(column)).collect(Collectors.joining(", "));
            String same = part.back().key().stream()
                    .map(column -> "s." + database.quote(column) + " = t." + database.quote(column))
                    .collect(Collectors.joining(" and "));
            // The key is unique on both sides; and by the target's index each row is found where there is no other one.
            jdbc.update("insert into " + into + " (" + database.quoteAll(names) + ") select " + overwritten + " from "
                    + database.quote(part.staging()) + " s join " + from + " t on " + same + database.lockingRows());
            return;
        }
        List<Integer> counts =
                database.move(from, into).stream().map(jdbc::update).distinct().toList();
        if (counts.size() > 1) {
            throw new TransientDataAccessResourceException(
                    "Rows were written into " + part.table().table() + " while it was replaced: of " + counts.get(1)
                            + " rows, " + counts.get(0) + " were kept");
        }
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

    /** @param delete whether old rows that are replaced are still there */
    private List<String> statements(Part part, boolean delete) {
        Database database = target.database();
        List<String> names = part.table().columnNames();
        String table = database.quote(part.target());
        String staging = database.quote(part.staging());
        @Nullable String loadId = part.back().loadIdColumn();
        if (loadId != null) {
            staging = "(select " + database.quoteAll(names) + ", " + part.id() + " as " + database.quote(loadId)
                    + " from " + staging + ")";
            names = WaysBack.imageColumns(part.table(), loadId);
        }
        String columns = database.quoteAll(names);
        String insert = "insert into " + table + " (" + columns + ") select " + columns + " from " + staging + " s";
        return switch (definition.publish()) {
            case APPEND -> List.of(insert);
            // Not truncate: it is not undone by a rollback everywhere, and hides the old rows from readers.
            case REPLACE, SWAP -> delete ? List.of("delete from " + table, insert) : List.of(insert);
            case UPSERT -> database.upsert(table, staging, names, part.back().key());
        };
    }

    private Optional<Exchange> exchange(JdbcTemplate jdbc) {
        return target.database().exchange(jdbc);
    }

    private JdbcTemplate jdbc() {
        return new StoppableJdbc(target.dataSource(), stop);
    }
}
