package dev.etljar.process;

import dev.etljar.database.Column;
import dev.etljar.database.ColumnType;
import dev.etljar.database.ColumnType.Kind;
import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The staging tables and the rejects of one run. */
final class Staging {

    private static final ColumnType FILE_TYPE = new ColumnType(Kind.INTEGER, 0, 0);
    private static final ColumnType LINE_TYPE = new ColumnType(Kind.BIGINT, 0, 0);

    private static final String REJECTED = "etl_reject where repository = ? and job_instance_id = ? and load_index = ?"
            + " and file_index = ? and line_number > ? and line_number <= ?";

    private final Database database;
    private final Tables tables;
    private final JdbcTemplate jdbc;
    private final RunId run;
    private final boolean swaps;

    /** @param swaps whether the staging tables are to take the places of the target tables */
    Staging(Target target, RunId run, boolean swaps) {
        this.database = target.database();
        this.tables = new Tables(database, target.dataSource());
        this.jdbc = new JdbcTemplate(target.dataSource());
        this.run = run;
        this.swaps = swaps;
    }

    /** Makes the staging tables, under names that no attempt before had. */
    void create(List<Load> loads) {
        loads.forEach(this::create);
    }

    /**
     * Lets the parts of loads be written side by side, where the database has them wait for each other else.
     *
     * @param loads with how many lines of a file each part has
     */
    void spread(Map<Load, Long> loads) {
        loads.forEach(
                (load, lines) -> database.spread(jdbc, load.staging(), Load.FILE_COLUMN, Load.LINE_COLUMN, lines));
    }

    /** Drops just these. */
    void drop(List<TableName> staged) {
        staged.forEach(tables::drop);
    }

    /** Every staging table of the run. */
    List<TableName> tables() {
        return tables.names(run.stagingPrefix());
    }

    /** Drops every staging table of the run; its rejects stay, they are what a person looks at. */
    void discard() {
        drop(tables());
    }

    private void create(Load load) {
        TableName target = TableName.of(load.definition().table());
        if (!tables.exists(target)) {
            tables.create(load.staging(), columns(load), List.of());
        } else if (swaps) {
            database.exchange(jdbc).orElseThrow().createTwin(load.staging(), target);
        } else {
            tables.createLike(load.staging(), target, load.columnNames());
        }
        tables.addColumn(load.staging(), new Column(Load.FILE_COLUMN, FILE_TYPE, true));
        tables.addColumn(load.staging(), new Column(Load.LINE_COLUMN, LINE_TYPE, true));
    }

    static List<Column> columns(Load load) {
        return load.columns().stream()
                .map(column -> new Column(column.name(), column.type(), column.required()))
                .toList();
    }

    /**
     * Compares what is staged of a partition with its checkpoint, before a restart goes on. A database whose commits a kill
     * may tear can hold rows behind the checkpoint: they are deleted. It must not hold fewer.
     *
     * @throws RunFailedException where rows or rejects are missing
     */
    void reconcile(Partition partition) {
        if (!database.embedded()) {
            return;
        }
        Load load = partition.load();
        int file = partition.file();
        Checkpoint checkpoint = partition.checkpoint();
        long first = partition.range().from().line();
        long line = checkpoint.position().line();
        long last = partition.range().lastLine();
        String lineColumn = database.quote(Load.LINE_COLUMN);
        String staged = database.quote(load.staging()) + " where " + database.quote(Load.FILE_COLUMN) + " = ? and "
                + lineColumn + " > ? and " + lineColumn + " <= ?";
        jdbc.update("delete from " + staged, file, line, last);
        jdbc.update("delete from " + REJECTED, run.repository(), run.instance(), load.index(), file, line, last);
        require(partition, "rows", checkpoint.loaded(), count("select count(*) from " + staged, file, first, last));
        require(
                partition,
                "rejects",
                checkpoint.rejected(),
                count(
                        "select count(*) from " + REJECTED,
                        run.repository(),
                        run.instance(),
                        load.index(),
                        file,
                        first,
                        last));
    }

    private static void require(Partition partition, String what, long expected, long actual) {
        if (expected != actual) {
            throw new RunFailedException(
                    "Load '" + partition.load() + "', " + partition.input().source() + ": the checkpoint says "
                            + expected + " " + what + ", the database holds " + actual
                            + "; the staged rows cannot be trusted. Begin anew with --start-over");
        }
    }

    private long count(String query, Object... values) {
        @Nullable Long count = jdbc.queryForObject(query, Long.class, values);
        return count == null ? 0 : count;
    }
}
