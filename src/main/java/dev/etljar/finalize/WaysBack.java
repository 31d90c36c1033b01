package dev.etljar.finalize;

import dev.etljar.database.Column;
import dev.etljar.database.ColumnType;
import dev.etljar.database.ColumnType.Kind;
import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.finalize.FinalizeDefinition.Mode;
import dev.etljar.run.Publications.WayBack;
import dev.etljar.run.RunId;
import dev.etljar.run.StagedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What makes that a load can be taken back: the column in which its rows carry the publication's ID, and a table for what it
 * replaces or overwrites. Both are there before the publishing transaction begins, where that could not make them without
 * being committed; a kill leaves a column full of nulls and an empty table, which the next attempt takes or drops.
 *
 * @param loadIds the load-ID column of each target table that is to have one
 */
record WaysBack(FinalizeDefinition definition, Map<String, String> loadIds, Target target, Tables tables) {

    static final ColumnType ID_TYPE = new ColumnType(Kind.BIGINT, 0, 0);

    /**
     * Makes ready what can be made ready.
     *
     * @param warnings takes, for a person, what cannot be taken back, and why
     */
    Map<String, WayBack> prepare(
            RunId run, List<StagedTable> staged, Map<String, List<String>> keys, List<String> warnings) {
        Map<String, WayBack> ways = new TreeMap<>();
        for (int i = 0; i < staged.size(); i++) {
            StagedTable table = staged.get(i);
            Optional<String> column = loadId(table).filter(name -> addWhereMissing(table, name, warnings));
            boolean buries = definition.publish() != Mode.APPEND;
            TableName image = new TableName(null, run.imagePrefix() + (i + 1));
            boolean kept = column.isPresent() && buries && definition.keep() > 0;
            List<String> key = keys.getOrDefault(table.table(), List.of());
            if (kept && !transactional()) {
                tables.drop(image);
                createImage(image, table, column.get());
                if (!key.isEmpty()) {
                    // Such a database joins by an index, or each row with each.
                    tables.createIndex(image.name() + "_key", image, key);
                }
            }
            ways.put(table.load(), new WayBack(column.orElse(null), kept ? image.name() : null, key));
        }
        return ways;
    }

    /** The column that the load's rows are to carry the publication's ID in; none where the load fills it itself. */
    Optional<String> loadId(StagedTable table) {
        return Optional.ofNullable(loadIds.get(table.table()))
                .filter(column -> table.columnNames().stream().noneMatch(column::equalsIgnoreCase));
    }

    /** The table's columns where it is made: those of the definition, and the load-ID column. */
    List<Column> columns(StagedTable table) {
        List<Column> columns = new ArrayList<>(table.columns());
        loadId(table).ifPresent(name -> columns.add(new Column(name, ID_TYPE, false)));
        return columns;
    }

    /** Makes the table that keeps what the load replaces or overwrites. */
    void createImage(TableName image, StagedTable table, String loadIdColumn) {
        TableName name = TableName.of(table.table());
        if (definition.publish() == Mode.UPSERT) {
            tables.createLike(image, name, imageColumns(table, loadIdColumn));
        } else {
            tables.createEmpty(image, name);
        }
    }

    /** What an upsert may change. */
    static List<String> imageColumns(StagedTable table, String loadIdColumn) {
        List<String> columns = new ArrayList<>(table.columnNames());
        columns.add(loadIdColumn);
        return columns;
    }

    /** Whether tables are made within the publishing transaction. */
    private boolean transactional() {
        return target.database().exchange(new JdbcTemplate()).isPresent();
    }

    private boolean addWhereMissing(StagedTable table, String column, List<String> warnings) {
        TableName name = TableName.of(table.table());
        if (definition.publish() == Mode.SWAP || !tables.exists(name) || tables.has(name, column)) {
            return true;
        }
        Database database = target.database();
        try {
            tables.addColumn(name, new Column(column, ID_TYPE, false));
            return true;
        } catch (DataAccessException e) {
            if (database.causeMayPass(e)) {
                throw e;
            }
            warnings.add("what was loaded into " + table.table() + " cannot be taken back: the table has no column '"
                    + column + "', and it could not be added: " + database.message(e.getMostSpecificCause()));
            return false;
        }
    }
}
