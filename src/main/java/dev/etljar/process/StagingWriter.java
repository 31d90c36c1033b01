package dev.etljar.process;

import dev.etljar.database.Database;
import dev.etljar.database.RowWriter;
import dev.etljar.database.Target;
import dev.etljar.row.Item;
import dev.etljar.row.RowConverter;
import dev.etljar.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes a chunk's rows into the staging table and its rejects beside them, in the chunk's transaction.
 *
 * <p>A small chunk's rows are left to go with its checkpoint, where the database can store both in one statement, unless the chunk has
 * rejects. When the database refuses a row, with the checkpoint or without it, nothing of the chunk is stored, and its rows are
 * {@linkplain RowIsolation isolated}; any other error is thrown and rolls the chunk back.
 */
final class StagingWriter implements ItemWriter<Slice> {

    private static final String INSERT_REJECT = """
            insert into etl_reject (repository, job_instance_id, load_index, file_index, load_name, file_name,
              line_number, record_number, column_name, field_value, reason, raw)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Database database;
    private final JdbcTemplate jdbc;
    private final Load load;
    private final RunId run;
    private final int file;
    private final PartitionTally tally;
    private final RowWriter rows;
    private final RowIsolation isolation;
    private final boolean inRepository;

    /**
     * @param converter makes the rows again of a chunk of which the database refuses one
     * @param checkpointEvery how many records a chunk has, at most
     */
    StagingWriter(
            Target target,
            Load load,
            RunId run,
            int file,
            PartitionTally tally,
            RowConverter converter,
            int checkpointEvery) {
        this.database = target.database();
        this.jdbc = new JdbcTemplate(target.dataSource());
        this.load = load;
        this.run = run;
        this.file = file;
        this.tally = tally;
        this.rows = database.rowWriter(target.dataSource(), load.staging(), columns(load), checkpointEvery);
        this.inRepository = target.isRepository() && database.storeChunk().isPresent();
        this.isolation =
                new RowIsolation(database, load, converter, database.isolatingWriter(load.staging(), columns(load)));
    }

    /** Takes the rows of the next chunk. */
    RowWriter rows() {
        return rows;
    }

    private static List<String> columns(Load load) {
        List<String> columns = new ArrayList<>(load.columnNames());
        Collections.addAll(columns, Load.FILE_COLUMN, Load.LINE_COLUMN);
        return columns;
    }

    @Override
    public void write(Chunk<? extends Slice> chunk) {
        for (Slice slice : chunk) {
            write(slice);
        }
    }

    private void write(Slice slice) {
        int records = slice.size();
        if (!leave(slice)) {
            jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                if (!slice.rows().isEmpty()) {
                    insert(connection, slice);
                }
                insertRejects(connection, slice.rejects());
                return true;
            });
        }
        tally.loaded(records - slice.rejects().size() - slice.filtered());
        tally.rejected(slice.rejects().size());
        tally.filtered(slice.filtered());
    }

    /** Leaves a small chunk's rows to go with the checkpoint, where all that is to be stored are those. */
    private boolean leave(Slice slice) {
        return inRepository
                && slice.rejects().isEmpty()
                && !slice.rows().isEmpty()
                && rows.leave((connection, refusal) -> {
                    isolation.requireRefusal(refusal);
                    isolation.insert(connection, slice);
                    insertRejects(connection, slice.rejects());
                    tally.refused(slice.rejects().size());
                });
    }

    private void insert(Connection connection, Slice slice) throws SQLException {
        try {
            begin(connection);
            rows.write(connection);
        } catch (SQLException e) {
            isolation.requireRefusal(e);
            connection.rollback();
            begin(connection);
            isolation.insert(connection, slice);
        }
    }

    /** Where the checkpoint is the job repository's own, the settings are made with it, in one round trip. */
    private void begin(Connection connection) throws SQLException {
        String settings = database.chunkSettings();
        if (!inRepository && !settings.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(settings)) {
                statement.execute();
            }
        }
    }

    private void insertRejects(Connection connection, List<Item.Reject> rejects) throws SQLException {
        if (rejects.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT_REJECT)) {
            for (Item.Reject reject : rejects) {
                insert.setString(1, run.repository());
                insert.setLong(2, run.instance());
                insert.setInt(3, load.index());
                insert.setInt(4, file);
                insert.setString(5, load.definition().name());
                insert.setString(6, load.files().get(file).name());
                insert.setLong(7, reject.line());
                insert.setLong(8, reject.record());
                insert.setString(9, reject.column());
                insert.setString(10, reject.value());
                insert.setString(11, reject.reason());
                insert.setString(12, reject.raw());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
