package dev.etljar.finalize;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Tables.ExistingColumn;
import dev.etljar.database.Target;
import dev.etljar.run.Publications;
import dev.etljar.run.PublishedLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes published loads back, in one transaction with the mark of it in the publication rows.
 *
 * <ol>
 *   <li>Append: the rows that carry the load's ID go.
 *   <li>Replace and swap: they go, and the rows of the image come back.
 *   <li>Upsert: of the rows that carry the load's ID, those that the image knows are what they were, and the others go.
 * </ol>
 *
 * <p>A row that somebody else wrote meanwhile carries another ID, or none, and stays as it is.
 */
public record TakeBack(Target target) {

    /** Why the load cannot be taken back, if it cannot. */
    public Optional<String> obstacle(PublishedLoad load) {
        Tables tables = new Tables(target.database(), target.dataSource());
        @Nullable String column = load.loadIdColumn();
        if (column == null) {
            return Optional.of("its rows in '" + load.table() + "' carry no load ID");
        }
        if (!tables.exists(load.target()) || !tables.has(load.target(), column)) {
            return Optional.of("there is no column '" + column + "' in a table '" + load.table() + "' any more");
        }
        if (load.buriesEarlier() && (load.image() == null || !tables.exists(new TableName(null, load.image())))) {
            return Optional.of("what it took the place of in '" + load.table()
                    + "' is not kept any more; 'finalize.keep' says of how"
                    + " many loads it is. Load what should be there instead: 'run " + load.job()
                    + " --force' takes an input that was loaded before, too");
        }
        return Optional.empty();
    }

    /**
     * Takes the loads back, all or none.
     *
     * @param newestFirst loads that {@linkplain #obstacle nothing} keeps from being taken back
     * @param last is run in the transaction, before its commit
     */
    public void run(List<PublishedLoad> newestFirst, Instant at, Runnable last) {
        Publications publications = new Publications(target.dataSource());
        JdbcTemplate jdbc = new JdbcTemplate(target.dataSource());
        TransactionTemplate transaction = new TransactionTemplate(target.transactions());
        transaction.setIsolationLevel(target.database().publishingIsolation());
        transaction.executeWithoutResult(status -> {
            for (PublishedLoad load : newestFirst) {
                publications.takeBack(load, at);
                statements(load).forEach(jdbc::update);
            }
            last.run();
        });
        dropImages(newestFirst);
    }

    /** Where a kill leaves one behind, this again drops it, and so does the job's next publication. */
    public void dropImages(List<PublishedLoad> takenBack) {
        Publications publications = new Publications(target.dataSource());
        Tables tables = new Tables(target.database(), target.dataSource());
        for (PublishedLoad load : takenBack) {
            if (load.image() != null) {
                tables.drop(new TableName(null, load.image()));
                publications.forgetImage(load);
            }
        }
    }

    private List<String> statements(PublishedLoad load) {
        Database database = target.database();
        String table = database.quote(load.target());
        String loadId = database.quote(Objects.requireNonNull(load.loadIdColumn()));
        String rows = "delete from " + table + " where " + loadId + " = " + load.id();
        if (!load.buriesEarlier()) {
            return List.of(rows);
        }
        String image = database.quote(Objects.requireNonNull(load.image()));
        if (load.key().isEmpty()) {
            String columns = columns(load);
            return List.of(
                    rows,
                    "insert into " + table + " (" + columns + ")" + database.keepingNumbers() + " select " + columns
                            + " from " + image);
        }
        return upsert(load, table, loadId, image);
    }

    private List<String> upsert(PublishedLoad load, String table, String loadId, String image) {
        Database database = target.database();
        String same = load.key().stream()
                .map(column -> image + "." + database.quote(column) + " = " + table + "." + database.quote(column))
                .collect(Collectors.joining(" and "));
        String mine = table + "." + loadId + " = " + load.id();
        List<String> columns = new Tables(database, target.dataSource())
                .columns(new TableName(null, Objects.requireNonNull(load.image()))).stream()
                        .map(ExistingColumn::name)
                        .toList();
        List<String> key = load.key().stream()
                .map(name -> columns.stream()
                        .filter(column -> database.sameColumn(name, column))
                        .findFirst()
                        .orElse(name))
                .toList();
        List<String> statements = new ArrayList<>();
        // What somebody else has deleted, or loaded anew, meanwhile, does not come back.
        statements.add("delete from " + image + " where not exists (select 1 from " + table + " where " + same + " and "
                + mine + ")");
        statements.add("delete from " + table + " where " + mine + " and not exists (select 1 from " + image + " where "
                + same + ")");
        statements.addAll(database.upsert(table, image, columns, key));
        return statements;
    }

    /** All that an insert may name. */
    private String columns(PublishedLoad load) {
        Database database = target.database();
        Tables tables = new Tables(database, target.dataSource());
        List<String> kept = tables.columns(new TableName(null, Objects.requireNonNull(load.image()))).stream()
                .map(ExistingColumn::name)
                .toList();
        return tables.columns(load.target()).stream()
                .filter(column -> !column.alwaysGenerated() && kept.contains(column.name()))
                .map(column -> database.quoteExisting(column.name()))
                .collect(Collectors.joining(", "));
    }
}
