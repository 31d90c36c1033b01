package dev.etljar.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionDefinition;

/**
 * What differs between the databases: one class each. Everything else of this application's SQL is the same for all.
 * Identifiers that a caller passes are as the definition names them; those in returned SQL are folded and quoted.
 */
public sealed interface Database permits H2Database, MariaDbDatabase, PostgreSqlDatabase {

    /** Of HikariCP's {@code ProxyConnection.ClosedConnection}. */
    String CLOSED_BY_POOL = "Connection is closed";

    /** @throws IllegalArgumentException where the JDBC URL leads to a database that is not supported */
    static Database of(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return new H2Database();
        } else if (url.startsWith("jdbc:postgresql:")) {
            return new PostgreSqlDatabase();
        } else if (url.startsWith("jdbc:mariadb:")) {
            return new MariaDbDatabase();
        }
        // No more of the URL: of some products, a password may stand anywhere in it.
        throw new IllegalArgumentException("The database of '" + url.replaceAll("(?s)^(jdbc:[a-z0-9]*).*|.*", "$1")
                + ":…' is not supported; there are jdbc:h2:file:…, jdbc:postgresql:… and jdbc:mariadb:…");
    }

    /** The product's name. */
    String name();

    /**
     * A name as it stands in the catalogue: an ordinary identifier (letters, digits, underscores) is folded as the
     * database folds it where it is not quoted, so that {@code select * from bird_strikes} finds the table; any other
     * name stays as it is.
     */
    String fold(String name);

    /** Whether the name of a definition means the column that has this name in the catalogue. */
    default boolean sameColumn(String defined, String existing) {
        return fold(defined).equals(existing);
    }

    /** Whether a table's schema is what JDBC calls its catalog. */
    default boolean schemaIsCatalog() {
        return false;
    }

    /** A query for the storage engine of the table of a schema (null: the own one) and a name; null where all are transactional. */
    default @Nullable String engineQuery() {
        return null;
    }

    /** Whether what a storage engine stores can be rolled back. */
    default boolean isTransactional(String engine) {
        return true;
    }

    /** The SQL type of a column. */
    String type(ColumnType type);

    /** What follows the closing bracket of a {@code create table}. */
    default String tableOptions() {
        return "";
    }

    /** Whether the columns of a {@code create table … as select …} take no null where those selected from take none. */
    default boolean keepsNotNull() {
        return false;
    }

    /**
     * What puts one table in the place of another within a transaction; empty where each statement that defines a table
     * commits by itself.
     */
    default Optional<Exchange> exchange(JdbcTemplate jdbc) {
        return Optional.empty();
    }

    /** Statements that merge all rows of a staging table into the target by its key, to be run in one transaction. */
    List<String> upsert(String target, String staging, List<String> columns, List<String> key);

    /**
     * Statements that take all rows of a table into another one with the same columns, and away from there; with two, their
     * counts must be the same: a row that came in between would be lost.
     */
    default List<String> move(String table, String image) {
        return List.of("insert into " + image + " select * from " + table, "delete from " + table);
    }

    /** What ends a query of the rows {@code t} that are going to be updated, so that nobody else does in between. */
    default String lockingRows() {
        return "";
    }

    /** What stands between the columns of an insert and its rows, so that a column which numbers rows takes their numbers. */
    default String keepingNumbers() {
        return " overriding system value";
    }

    /**
     * Spreads an empty table's rows by the file and the line that they came from, where those who write side by side would
     * wait for each other at the table's end.
     *
     * @param file the column that numbers the files
     * @param lines how many lines of a file each of them writes
     */
    default void spread(JdbcTemplate jdbc, TableName table, String file, String line, long lines) {}

    /**
     * What inserts rows into a table the fastest way, each with values for these columns.
     *
     * @param rows how many it is to insert at a time, at most
     */
    default RowWriter rowWriter(DataSource dataSource, TableName table, List<String> columns, int rows) {
        return new BatchWriter(this, table, columns);
    }

    /** What inserts rows of a batch that was refused, so that its error says why. */
    default RowWriter isolatingWriter(TableName table, List<String> columns) {
        return new BatchWriter(this, table, columns);
    }

    /** The first statement of a chunk's transaction, unless {@link #storeChunk} ends it; or an empty text. */
    default String chunkSettings() {
        return "";
    }

    /**
     * A statement that stores the end of a chunk in Spring Batch's tables, and gives a row; none where the step execution has
     * another version. Its parameters are the counts of commits, reads, filtered and written items, skips in processing, and
     * rollbacks; the local time, in microseconds since 1970; the step execution's ID and version; the context, short and whole
     * (null where that is short), and the step execution's ID. Empty where one statement cannot do all that.
     */
    default Optional<String> storeChunk() {
        return Optional.empty();
    }

    /**
     * {@link #storeChunk}, which inserts rows too, unless the step execution has another version.
     *
     * @param insert what inserts them, which may be followed by a condition; its parameter comes last
     */
    default String storeChunkWith(String insert) {
        throw new UnsupportedOperationException(name() + " takes no rows with a checkpoint");
    }

    /** Whether a statement was executed in the connection's transaction. */
    default boolean hasBegun(Connection connection) throws SQLException {
        throw new UnsupportedOperationException(name() + " does not tell what was executed");
    }

    /** The isolation of the transaction that publishes; the connection's own unless {@link #upsert} needs another. */
    default int publishingIsolation() {
        return TransactionDefinition.ISOLATION_DEFAULT;
    }

    /** The database's time now, in the zone in which the lease's row has it. */
    default String clock() {
        return "current_timestamp";
    }

    /** The database's time now, in seconds since 1970 in UTC, whatever zone the session or the server is in. */
    default String epoch() {
        return "extract(epoch from current_timestamp)";
    }

    /** Whether the error means that a row is bad, not that the database is in trouble: SQLSTATE classes 22 and 23. */
    default boolean refusesRow(SQLException error) {
        String state = error.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /**
     * Whether the error may pass by itself, so that the same work may be tried again: a lost connection (SQLSTATE class
     * 08), a deadlock or a serialisation failure (40), and what the database adds to them. The pool has closed a connection
     * that was lost: what a rollback then says, without any SQLSTATE, stands in the place of what was said first.
     */
    default boolean mayPass(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.startsWith("08")
                || CLOSED_BY_POOL.equals(error.getMessage())
                || state.startsWith("40")
                || error instanceof SQLTransientException
                || error instanceof SQLRecoverableException;
    }

    /** Whether one of the errors behind the failure {@linkplain #mayPass may pass} by itself. */
    default boolean causeMayPass(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error && mayPass(error)) {
                return true;
            }
        }
        return false;
    }

    /** An SQL expression that gives the column's value as text, which is compared character by character. */
    String asText(String column);

    /** The database's words in one line, fit for a message. */
    default String message(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    /** A condition: the value of a column stands nowhere in another table's column. Nulls of the other one do not count. */
    default String isMissing(String column, String table, String other) {
        return column + " not in (select " + other + " from " + table + " where " + other + " is not null)";
    }

    /**
     * Whether a GROUP BY keeps all of its groups in memory unless an index gives them in their order. Where it does, the
     * memory of a query would grow with the input.
     */
    default boolean groupsInMemory() {
        return false;
    }

    /**
     * Whether this is a file that the processes of one machine open. A killed process may then leave a torn commit if
     * others were writing too, so there is one writing transaction at a time, and staged rows are checked before a restart
     * goes on. Who has opened it also knows that the processes of other machines have not.
     */
    default boolean embedded() {
        return false;
    }

    /** The file that an embedded database of this URL is in. */
    default Optional<Path> file(String url) {
        return Optional.empty();
    }

    /** The file by whose lock the processes that write into an embedded database of this URL take turns. */
    default Optional<Path> writerLock(String url) {
        return Optional.empty();
    }

    /** Properties that the driver's connections need. */
    Map<String, String> connectionProperties();

    /**
     * A statement that each new connection begins with, or an empty text. It ends a transaction whose process has done
     * nothing for that long (a paused owner would hold its locks for ever), and a wait for a lock after half of that time:
     * who waits may hold the lease's row, which the heartbeat has to write.
     */
    String sessionSettings(Duration patience);

    /** The scripts that create Spring Batch's tables. */
    List<Resource> batchSchema();

    /** The script that creates this application's tables. */
    Resource etlSchema();

    /** The URL of another schema of the same database server. */
    String urlOfSchema(String url, String schema);

    /** The statement that makes a schema. */
    default String createSchema(String schema) {
        return "create schema " + quote(schema);
    }

    /** The statement that drops a schema with all that is in it. */
    default String dropSchema(String schema) {
        return "drop schema if exists " + quote(schema) + " cascade";
    }

    /** The name, folded and quoted. */
    default String quote(String name) {
        return '"' + fold(name).replace("\"", "\"\"") + '"';
    }

    /** The name as it stands in the catalogue, quoted. */
    default String quoteExisting(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The table's name, each part folded and quoted. */
    default String quote(TableName table) {
        return table.schema() == null ? quote(table.name()) : quote(table.schema()) + '.' + quote(table.name());
    }

    /** The names, folded, quoted and separated by commas. */
    default String quoteAll(List<String> names) {
        return String.join(", ", names.stream().map(this::quote).toList());
    }
}
