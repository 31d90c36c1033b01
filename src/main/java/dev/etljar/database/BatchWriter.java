package dev.etljar.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch of a prepared insert: what every database has. */
final class BatchWriter implements RowWriter {

    private final String insert;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    BatchWriter(Database database, TableName table, List<String> columns) {
        this.insert = "insert into " + database.quote(table) + " (" + database.quoteAll(columns) + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    @Override
    public void add(@Nullable Object[] row) {
        rows.add(row);
    }

    @Override
    public void write(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, row[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        } finally {
            rows.clear();
        }
    }
}
