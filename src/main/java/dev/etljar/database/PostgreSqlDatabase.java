package dev.etljar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.JdbcTemplate;

/** PostgreSQL, 14 to 18. SQLSTATEs: PostgreSQL's documentation, appendix A. */
final class PostgreSqlDatabase implements Database {

    private static final String STORE_CHUNK = """
            with etl_step as (
              update BATCH_STEP_EXECUTION set VERSION = VERSION + 1, COMMIT_COUNT = ?, READ_COUNT = ?, FILTER_COUNT = ?,
                WRITE_COUNT = ?, PROCESS_SKIP_COUNT = ?, ROLLBACK_COUNT = ?,
                LAST_UPDATED = timestamp '1970-01-01' + ? * interval '1 microsecond'
              where STEP_EXECUTION_ID = ? and VERSION = ?
              returning VERSION, set_config('synchronous_commit', 'off', true)),
            etl_context as (
              update BATCH_STEP_EXECUTION_CONTEXT set SHORT_CONTEXT = ?, SERIALIZED_CONTEXT = ?
              where STEP_EXECUTION_ID = ? and exists (select 1 from etl_step))
            """;

    private static final String NEW_VERSION = "select VERSION from etl_step";

    private static final String DUPLICATE_TABLE = "42P07";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";
    private static final Set<String> SHUTDOWN = Set.of("57P01", "57P02", "57P03", "57P05");

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public String fold(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name.toLowerCase(Locale.ROOT) : name;
    }

    @Override
    public String type(ColumnType type) {
        return switch (type.kind()) {
            case VARCHAR -> "varchar(" + type.length() + ")";
            case TEXT -> "text";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case DECIMAL -> "numeric(" + type.length() + ", " + type.scale() + ")";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "timestamp(6)";
            case UUID -> "uuid";
        };
    }

    @Override
    public Optional<Exchange> exchange(JdbcTemplate jdbc) {
        return Optional.of(new PostgreSqlExchange(this, jdbc));
    }

    @Override
    public List<String> upsert(String target, String staging, List<String> columns, List<String> key) {
        String update = columns.stream()
                .filter(column -> !key.contains(column))
                .map(column -> quote(column) + " = excluded." + quote(column))
                .collect(Collectors.joining(", "));
        return List.of("insert into " + target + " (" + quoteAll(columns) + ") select " + quoteAll(columns) + " from "
                + staging + " s on conflict (" + quoteAll(key) + ") do "
                + (update.isEmpty() ? "nothing" : "update set " + update));
    }

    /** One statement, which sees the table at one moment. */
    @Override
    public List<String> move(String table, String image) {
        return List.of(
                "with moved as (delete from " + table + " returning *) insert into " + image + " select * from moved");
    }

    @Override
    public String lockingRows() {
        return " for update of t";
    }

    /** And: a row that is too wide for a page or an index (class 54). */
    @Override
    public boolean refusesRow(SQLException error) {
        return Database.super.refusesRow(error)
                || String.valueOf(error.getSQLState()).startsWith("54");
    }

    /**
     * And: a lock's timeout, a transaction that was idle too long, a shutdown, too little of a resource (class 53), and a
     * table that somebody else has made in between.
     */
    @Override
    public boolean mayPass(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return Database.super.mayPass(error)
                || state.equals(DUPLICATE_TABLE)
                || isOfCatalogue(error)
                || state.equals(LOCK_NOT_AVAILABLE)
                || state.equals(IDLE_IN_TRANSACTION_TIMEOUT)
                || SHUTDOWN.contains(state)
                || state.startsWith("53");
    }

    /** Two transactions that make a table of one name at once: the later one is told that a row of the catalogue is in its way. */
    private static boolean isOfCatalogue(SQLException error) {
        return error instanceof PSQLException told
                && told.getServerErrorMessage() != null
                && "pg_catalog".equals(told.getServerErrorMessage().getSchema());
    }

    @Override
    public RowWriter rowWriter(DataSource dataSource, TableName table, List<String> columns, int rows) {
        Optional<ArrayWriter> few =
                rows <= ArrayWriter.MOST_ROWS ? ArrayWriter.of(this, dataSource, table, columns) : Optional.empty();
        return few.isPresent() ? few.get() : new CopyWriter(this, table, columns);
    }

    @Override
    public RowWriter isolatingWriter(TableName table, List<String> columns) {
        return new CopyWriter(this, table, columns);
    }

    /** {@code not in} compares each with each once the other table's values are more than {@code work_mem} holds. */
    @Override
    public String isMissing(String column, String table, String other) {
        return "not exists (select 1 from (select " + other + " as etl_other from " + table + ") o where etl_other = "
                + column + ")";
    }

    /** Its commit is not waited for, see {@link #chunkSettings}. */
    @Override
    public Optional<String> storeChunk() {
        return Optional.of(STORE_CHUNK + NEW_VERSION);
    }

    @Override
    public String storeChunkWith(String insert) {
        return STORE_CHUNK + ", etl_rows as (" + insert + " where exists (select 1 from etl_step)) " + NEW_VERSION;
    }

    @Override
    public boolean hasBegun(Connection connection) throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    /**
     * Its commit is not waited for: rows and checkpoint are written in one transaction, so that a crash of the server
     * loses both or neither. The next commit that is waited for, of any session, writes all before it to the disk: that of
     * a partition's end, which has no rows, is such a one.
     */
    @Override
    public String chunkSettings() {
        return "set local synchronous_commit = off";
    }

    @Override
    public String asText(String column) {
        return "cast(" + column + " as text)";
    }

    /** Text goes untyped, so that it reaches a column of any type: json, an enum, an address. */
    @Override
    public Map<String, String> connectionProperties() {
        return Map.of("reWriteBatchedInserts", "true", "stringtype", "unspecified", "tcpKeepAlive", "true");
    }

    @Override
    public String sessionSettings(Duration patience) {
        return "set idle_in_transaction_session_timeout = " + patience.toMillis() + "; set lock_timeout = "
                + patience.toMillis() / 2;
    }

    @Override
    public List<Resource> batchSchema() {
        return List.of(new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"));
    }

    @Override
    public String clock() {
        return "timezone('utc', current_timestamp)";
    }

    @Override
    public Resource etlSchema() {
        return new ClassPathResource("dev/etljar/database/schema-postgresql.sql");
    }

    @Override
    public String urlOfSchema(String url, String schema) {
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }
}
