package dev.etljar.database;

import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * MariaDB's {@code LOAD DATA LOCAL INFILE}, of bytes in memory. With LOCAL the server makes warnings of what would be
 * errors, and stores something else than it was sent. So a warning counts as a row that is refused.
 */
final class LoadDataWriter implements RowWriter {

    /**
     * The character set to send the rows in; null where they are not to be sent this way. A server may forbid it; and of
     * other types than these, which a table that was there may have, it makes other values than a prepared insert, without a
     * warning: a BIT of its text's bytes, a TIMESTAMP of a null.
     *
     * <p>It is {@code binary} where every text column is in UTF-8, as the bytes that are sent: the server then need not look for
     * the ends of characters, which saves it a tenth of its work. A UUID would be taken for its 16 bytes.
     */
    private static final String CHARACTER_SET = """
            select case
              when @@global.local_infile = 0 or sum(data_type not in ('varchar', 'char', 'tinytext', 'text', 'mediumtext',
                'longtext', 'tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'double', 'date', 'time',
                'datetime', 'uuid')) > 0 then null
              when sum(data_type = 'uuid' or coalesce(character_set_name, 'utf8mb4') <> 'utf8mb4') > 0 then 'utf8mb4'
              else 'binary' end
            from information_schema.columns where table_schema = database() and table_name = ?
            """;

    private final String load;
    private final RowText text = new RowText(ChronoField.MICRO_OF_SECOND);

    private LoadDataWriter(Database database, String characterSet, TableName table, List<String> columns) {
        this.load = "load data local infile 'rows' into table " + database.quote(table) + " character set "
                + characterSet + " fields terminated by '\\t' escaped by '\\\\' lines terminated by '\\n' ("
                + database.quoteAll(columns) + ")";
    }

    /** Empty where it would not store the values in this table that a prepared insert does. */
    static Optional<LoadDataWriter> of(Database database, JdbcTemplate jdbc, TableName table, List<String> columns) {
        return Optional.ofNullable(jdbc.queryForObject(CHARACTER_SET, String.class, table.name()))
                .map(characterSet -> new LoadDataWriter(database, characterSet, table, columns));
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
