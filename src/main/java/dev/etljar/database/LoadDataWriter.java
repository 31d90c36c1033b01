package dev.etljar.database;

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
 * sends in parts is inserted by a prepared statement once a part is small, which names row and reason.
 */
final class LoadDataWriter implements RowWriter {

    private static final int FEW = 64;
    private static final String SAME_VALUES =
            "'varchar', 'char', 'tinytext', 'text', 'mediumtext', 'longtext', 'tinyint',"
                    + " 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'double', 'date', 'time', 'datetime', 'uuid'";

    private final TableName table;
    private final String load;
    private final BatchWriter batch;
    private @Nullable Boolean allowed;

    LoadDataWriter(Database database, TableName table, List<String> columns) {
        this.table = table;
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
        try (Statement statement = connection.createStatement()) {
            statement
                    .unwrap(org.mariadb.jdbc.Statement.class)
                    .setLocalInfileInputStream(new RowStream(rows, ChronoField.MICRO_OF_SECOND));
            statement.execute(load);
            @Nullable SQLWarning warning = statement.getWarnings();
            if (warning != null) {
                throw new SQLDataException(warning.getMessage(), "22000", warning.getErrorCode());
            }
        }
    }

    /**
     * A server may forbid it ({@code local_infile}); and of other types than these, which a table that was there may have,
     * it makes other values than a prepared insert, without a warning: a BIT of its text's bytes, a TIMESTAMP of a null.
     */
    private boolean allowed(Connection connection) throws SQLException {
        if (allowed == null) {
            allowed = ask(connection, "select @@global.local_infile = 1")
                    && ask(
                            connection,
                            "select count(*) = 0 from information_schema.columns where table_schema = database()"
                                    + " and table_name = '" + table.name().replace("'", "''")
                                    + "' and data_type not in ("
                                    + SAME_VALUES + ")");
        }
        return allowed;
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
