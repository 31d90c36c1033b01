package dev.etljar.database;

import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.temporal.ChronoField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB's {@code LOAD DATA LOCAL INFILE}, of bytes in memory. With LOCAL the server makes warnings of what would be
 * errors, and stores something else than it was sent. So a warning counts as a row that is refused, and what the caller then
 * sends in parts is inserted by a prepared statement once a part is small, which names row and reason and converts nothing.
 */
final class LoadDataWriter implements RowWriter {

    private static final int FEW = 64;

    private final String load;
    private final BatchWriter batch;
    private final RowText text = new RowText(ChronoField.MICRO_OF_SECOND);
    private @Nullable Boolean allowed;

    LoadDataWriter(Database database, TableName table, List<String> columns) {
        this.batch = new BatchWriter(database, table, columns);
        this.load = "load data local infile 'rows' into table " + database.quote(table)
                + " character set utf8mb4 fields terminated by '\\t' escaped by '\\\\' lines terminated by '\\n' ("
                + database.quoteAll(columns) + ")";
    }

    @Override
    public void write(Connection connection, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.size() <= FEW || !allowed(connection)) {
            batch.write(connection, rows);
            return;
        }
        text.clear();
        rows.forEach(text::append);
        try (Statement statement = connection.createStatement()) {
            statement
                    .unwrap(org.mariadb.jdbc.Statement.class)
                    .setLocalInfileInputStream(new ByteArrayInputStream(text.bytes(), 0, text.length()));
            statement.execute(load);
            @Nullable SQLWarning warning = statement.getWarnings();
            if (warning != null) {
                throw new SQLDataException(warning.getMessage(), "22000", warning.getErrorCode());
            }
        }
    }

    /** A server may forbid it: {@code local_infile}. */
    private boolean allowed(Connection connection) throws SQLException {
        if (allowed == null) {
            try (Statement statement = connection.createStatement();
                    ResultSet answer = statement.executeQuery("select @@global.local_infile")) {
                allowed = answer.next() && answer.getBoolean(1);
            }
        }
        return allowed;
    }
}
