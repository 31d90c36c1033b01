package dev.etljar.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Few rows for PostgreSQL, as one parameter, an array of the table's row type. So they can share a statement with what else is to be
 * stored, which COPY cannot.
 */
final class ArrayWriter implements RowWriter {

    /** From about so many rows on, COPY's two round trips cost less than to have the server read literals. */
    static final int MOST_ROWS = 50;

    /** Of a literal, which the server reads as a whole, and the row that passes it. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int NONE = -1;

    private final String insert;
    private final String insertWithCheckpoint;
    private final RowLiterals rows;
    private final List<String> full = new ArrayList<>();

    /** @param order for each column of the table, in their order, where its value is in a row */
    private ArrayWriter(Database database, TableName table, List<Integer> order) {
        // The server copies the statement's text several times: it is short.
        String name = database.quote(table);
        this.insert = "insert into " + name + " select * from unnest(cast(? as " + name + "[]))";
        this.insertWithCheckpoint = database.storeChunkWith(insert);
        this.rows = new RowLiterals(order);
    }

    /** Empty where the table has other columns than these, which the row type would have too. */
    static Optional<ArrayWriter> of(Database database, DataSource dataSource, TableName table, List<String> columns) {
        List<Integer> order = new Tables(database, dataSource)
                .columns(table).stream()
                        .map(column -> place(database, columns, column.name()))
                        .toList();
        return order.size() == columns.size() && !order.contains(NONE)
                ? Optional.of(new ArrayWriter(database, table, order))
                : Optional.empty();
    }

    private static int place(Database database, List<String> columns, String name) {
        return IntStream.range(0, columns.size())
                .filter(i -> database.sameColumn(columns.get(i), name))
                .findFirst()
                .orElse(NONE);
    }

    @Override
    public void add(@Nullable Object[] row) {
        if (rows.length() > MOST_BYTES) {
            end();
        }
        rows.append(row);
    }

    private void end() {
        if (rows.length() > 0) {
            full.add(rows.literal());
            rows.clear();
        }
    }

    @Override
    public void write(Connection connection) throws SQLException {
        end();
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (String literal : full) {
                statement.setString(1, literal);
                statement.executeUpdate();
            }
        } finally {
            full.clear();
        }
    }

    @Override
    public boolean leave(RowsWithCheckpoint.Judge judge) {
        if (!full.isEmpty()) {
            return false;
        }
        RowsWithCheckpoint.leave(new RowsWithCheckpoint(insertWithCheckpoint, rows.literal(), judge));
        rows.clear();
        return true;
    }
}
