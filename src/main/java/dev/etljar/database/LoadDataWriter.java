package dev.etljar.database;

import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.temporal.ChronoField;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * MariaDB's {@code LOAD DATA LOCAL INFILE}, of bytes in memory. With LOCAL the server makes warnings of what would be
 * errors, and stores something else than it was sent. So a warning counts as a row that is refused.
 */
final class LoadDataWriter implements RowWriter {

    /**
     * A server may forbid it; and of other types than these, which a table that was there may have, it makes other values
     * than a prepared insert, without a warning: a BIT of its text's bytes, a TIMESTAMP of a null.
     */
    private static final String FITS = """
            select @@global.local_infile = 1 and not exists (
              select 1 from information_schema.columns where table_schema = database() and table_name = ?
                and data_type not in ('varchar', 'char', 'tinytext', 'text', 'mediumtext', 'longtext', 'tinyint',
                  'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'double', 'date', 'time', 'datetime', 'uuid'))
            """;

    /**
     * {@code binary} where every text column is in UTF-8, as the bytes that are sent: the server then need not look for the ends
     * of characters, which saves it a tenth of its work. A UUID would be taken for its 16 bytes.
     */
    private static final String CHARACTER_SET = """
            select if(exists (
              select 1 from information_schema.columns where table_schema = database() and table_name = ?
                and (data_type = 'uuid' or character_set_name <> 'utf8mb4')), 'utf8mb4', 'binary')
            """;

    private final String load;
    private final RowText text = new RowText(ChronoField.MICRO_OF_SECOND);

    LoadDataWriter(Database database, JdbcTemplate jdbc, TableName table, List<String> columns) {
        this.load = "load data local infile 'rows' into table " + database.quote(table)
                + " character set "
                + jdbc.queryForObject(CHARACTER_SET, String.class, table.name())
                + " fields terminated by '\\t' escaped by '\\\\' lines terminated by '\\n' ("
                + database.quoteAll(columns) + ")";
    }

    /** Whether it stores the values in this table that a prepared insert would. */
    static boolean fits(JdbcTemplate jdbc, TableName table) {
        return Boolean.TRUE.equals(jdbc.queryForObject(FITS, Boolean.class, table.name()));
    }

    @Override
    public void add(@Nullable Object[] row) {
        text.append(row);
    }

    @Override
    public void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement
                    .unwrap(org.mariadb.jdbc.Statement.class)
                    .setLocalInfileInputStream(new ByteArrayInputStream(text.bytes(), 0, text.length()));
            statement.execute(load);
            @Nullable SQLWarning warning = statement.getWarnings();
            if (warning != null) {
                throw new SQLDataException(warning.getMessage(), "22000", warning.getErrorCode());
            }
        } finally {
            text.clear();
        }
    }
}
