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
    private final String row;
    private final int together;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    BatchWriter(Database database, TableName table, List<String> columns) {
        this(database, table, columns, 1);
    }

    /** @param together how many rows a statement inserts; those that are left over have one each */
    BatchWriter(Database database, TableName table, List<String> columns, int together) {
        this.insert = "insert into " + database.quote(table) + " (" + database.quoteAll(columns) + ") values ";
        this.row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        this.together = together;
    }

    @Override
    public void add(@Nullable Object[] row) {
        rows.add(row);
    }

    @Override
    public void write(Connection connection) throws SQLException {
        try {
            int whole = rows.size() - rows.size() % together;
            insert(connection, rows.subList(0, whole), together);
            insert(connection, rows.subList(whole, rows.size()), 1);
        } finally {
            rows.clear();
        }
    }

    private void insert(Connection connection, List<@Nullable Object[]> some, int each) throws SQLException {
        if (some.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(insert + String.join(", ", Collections.nCopies(each, row)))) {
            int parameter = 0;
            int added = 0;
            for (@Nullable Object[] values : some) {
                for (@Nullable Object value : values) {
                    statement.setObject(++parameter, value);
                }
                if (++added % each == 0) {
                    statement.addBatch();
                    parameter = 0;
                }
            }
            statement.executeBatch();
        }
    }
}
