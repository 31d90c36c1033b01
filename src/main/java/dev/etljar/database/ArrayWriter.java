package dev.etljar.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
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

    private static final int NONE = -1;
    private static final int MOST_BYTES = 1 << 20;
    private static final String PROGRAM_LIMIT_EXCEEDED = "54000";

    private final String insert;
    private final String insertWithCheckpoint;
    private final RowLiterals rows;

    ArrayWriter(Database database, DataSource dataSource, TableName table, List<String> columns) {
        List<Integer> places = new Tables(database, dataSource)
                .columns(table).stream()
                        .map(column -> place(database, columns, column.name()))
                        .toList();
        // The server copies the statement's text several times: it names the columns only where the table has others
        // too.
        boolean all = places.size() == columns.size() && !places.contains(NONE);
        String name = database.quote(table);
        String names = database.quoteAll(columns);
        this.insert = "insert into " + name
                + (all ? " select *" : " (" + names + ") select " + names)
                + " from unnest(cast(? as " + name + "[]))";
        this.insertWithCheckpoint = database.storeChunkWith(insert);
        this.rows = new RowLiterals(places);
    }

    private static int place(Database database, List<String> columns, String name) {
        return IntStream.range(0, columns.size())
                .filter(i -> database.sameColumn(columns.get(i), name))
                .findFirst()
                .orElse(NONE);
    }

    @Override
    public void add(@Nullable Object[] row) {
        rows.append(row);
    }

    @Override
    public void write(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            requireFew();
            statement.setString(1, rows.literal());
            statement.executeUpdate();
        } finally {
            rows.clear();
        }
    }

    @Override
    public boolean leave(RowsWithCheckpoint.Judge judge) {
        if (rows.length() > MOST_BYTES) {
            return false;
        }
        RowsWithCheckpoint.leave(new RowsWithCheckpoint(insertWithCheckpoint, rows.literal(), judge));
        rows.clear();
        return true;
    }

    /** The server reads an array as a whole: what takes more is inserted in parts, as a batch of which a row is refused. */
    private void requireFew() throws SQLException {
        if (rows.length() > MOST_BYTES) {
            throw new SQLException(
                    "rows of more than " + MOST_BYTES + " bytes are not sent in one statement", PROGRAM_LIMIT_EXCEEDED);
        }
    }
}
