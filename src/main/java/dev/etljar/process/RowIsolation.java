package dev.etljar.process;

import dev.etljar.csv.RawRecord;
import dev.etljar.database.Database;
import dev.etljar.database.RowWriter;
import dev.etljar.row.Item;
import dev.etljar.row.RowConverter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Finds the rows of a chunk that the database refuses: writes each half of the chunk after a savepoint, and halves it in turn where
 * it is refused, until a part is one row.
 *
 * @param converter makes the rows again
 * @param rows writes them so that an error says why
 */
record RowIsolation(Database database, Load load, RowConverter converter, RowWriter rows) {

    /** Inserts the rows that the database takes; the others become rejects, with its reason. */
    void insert(Connection connection, Slice slice) throws SQLException {
        insertHalves(connection, slice.rows(), slice.rejects(), 1);
    }

    /** Any other error rolls the chunk back; of its savepoints a deadlock may have left nothing. */
    void requireRefusal(SQLException error) throws SQLException {
        if (!database.refusesRow(error)) {
            throw error;
        }
    }

    /** @param depth how often the chunk was halved */
    private void insertHalves(Connection connection, List<RawRecord> records, List<Item.Reject> rejects, int depth)
            throws SQLException {
        int half = records.size() / 2;
        insertPart(connection, records.subList(0, half), rejects, depth);
        insertPart(connection, records.subList(half, records.size()), rejects, depth);
    }

    private void insertPart(Connection connection, List<RawRecord> records, List<Item.Reject> rejects, int depth)
            throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        for (RawRecord record : records) {
            rows.add(((Item.Row) converter.convert(record)).values());
        }
        String savepoint = "savepoint etl_rows_" + depth;
        execute(connection, savepoint);
        try {
            rows.write(connection);
        } catch (SQLException e) {
            requireRefusal(e);
            execute(connection, "rollback to " + savepoint);
            if (records.size() == 1) {
                rejects.add(refused(records.get(0), e));
            } else {
                insertHalves(connection, records, rejects, depth + 1);
            }
        }
        execute(connection, "release " + savepoint);
    }

    /** Prepared, since each chunk executes the same again. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private Item.Reject refused(RawRecord record, SQLException refusal) {
        return new Item.Reject(
                record.line(),
                record.record(),
                null,
                null,
                "refused by the database: " + database.message(cause(refusal)),
                new String(record.bytes(), load.definition().csv().charset()));
    }

    /** A batch's error only says which batch; the next one says why. */
    private static SQLException cause(SQLException e) {
        return e.getNextException() == null ? e : e.getNextException();
    }
}
