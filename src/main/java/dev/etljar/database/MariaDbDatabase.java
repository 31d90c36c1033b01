package dev.etljar.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionDefinition;

/** MariaDB, 10.11 and 11. Error numbers: MariaDB's knowledge base, "MariaDB Error Code Reference". */
final class MariaDbDatabase implements Database {

    /** Character by character, as the other databases compare: neither case nor a trailing space is passed over. */
    private static final String COLLATION = "utf8mb4_nopad_bin";

    private static final Set<Integer> PASSING = Set.of(
            1020, // ER_CHECKREAD: another transaction changed the row
            1021, // ER_DISK_FULL
            1028, // ER_FILSORT_ABORT
            1040, // ER_CON_COUNT_ERROR
            1053, // ER_SERVER_SHUTDOWN
            1114, // ER_RECORD_FILE_FULL: InnoDB's disk is full
            1205, // ER_LOCK_WAIT_TIMEOUT
            1317, // ER_QUERY_INTERRUPTED, by a shutdown
            1927, // ER_CONNECTION_KILLED
            4031); // the server ended an idle connection

    private static final Set<Integer> REFUSING = Set.of(
            1264, // ER_WARN_DATA_OUT_OF_RANGE
            1265, // WARN_DATA_TRUNCATED
            1366, // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD
            1406); // ER_DATA_TOO_LONG

    /** A prime, and more than there are writers side by side. */
    private static final int PARTITIONS = 17;

    private static final String HAS_PARTITIONS = "select exists (select 1 from information_schema.plugins"
            + " where plugin_name = 'partition' and plugin_status = 'ACTIVE')";

    @Override
    public String name() {
        return "MariaDB";
    }

    /** A table's name keeps its case, which the server may be sensitive to. */
    @Override
    public String fold(String name) {
        return name;
    }

    @Override
    public boolean sameColumn(String defined, String existing) {
        return defined.equalsIgnoreCase(existing);
    }

    @Override
    public boolean schemaIsCatalog() {
        return true;
    }

    @Override
    public String engineQuery() {
        return "select engine from information_schema.tables where table_schema = coalesce(?, database())"
                + " and table_name = ?";
    }

    @Override
    public boolean isTransactional(String engine) {
        return engine.equalsIgnoreCase("InnoDB");
    }

    @Override
    public String type(ColumnType type) {
        return switch (type.kind()) {
            case VARCHAR -> "varchar(" + type.length() + ")";
            case TEXT -> "longtext";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case DECIMAL -> "decimal(" + type.length() + ", " + type.scale() + ")";
            case DOUBLE -> "double";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "datetime(6)";
            case UUID -> "uuid";
        };
    }

    @Override
    public String tableOptions() {
        return " engine=InnoDB character set utf8mb4 collate " + COLLATION;
    }

    @Override
    public boolean keepsNotNull() {
        return true;
    }

    /** Not {@code on duplicate key update}: that goes by every unique index, and would update rows of other keys. */
    @Override
    public List<String> upsert(String target, String staging, List<String> columns, List<String> key) {
        String match = key.stream()
                .map(column -> "t." + quote(column) + " = s." + quote(column))
                .collect(Collectors.joining(" and "));
        String update = columns.stream()
                .filter(column -> !key.contains(column))
                .map(column -> "t." + quote(column) + " = s." + quote(column))
                .collect(Collectors.joining(", "));
        String values = columns.stream().map(column -> "s." + quote(column)).collect(Collectors.joining(", "));
        List<String> statements = new ArrayList<>();
        if (!update.isEmpty()) {
            statements.add("update " + target + " t join " + staging + " s on " + match + " set " + update);
        }
        statements.add("insert into " + target + " (" + quoteAll(columns) + ") select " + values + " from " + staging
                + " s left join " + target + " t on " + match + " where t." + quote(key.get(0)) + " is null");
        return statements;
    }

    /**
     * Whatever the server's default: only here does the update lock the missing keys as well. With READ COMMITTED, a row
     * that another client inserts before the insert would keep its values, and those of the load would be lost.
     */
    @Override
    public int publishingIsolation() {
        return TransactionDefinition.ISOLATION_REPEATABLE_READ;
    }

    /** And: errors of values that older servers report under a general SQLSTATE. */
    @Override
    public boolean refusesRow(SQLException error) {
        return Database.super.refusesRow(error) || REFUSING.contains(error.getErrorCode());
    }

    @Override
    public boolean mayPass(SQLException error) {
        return Database.super.mayPass(error) || PASSING.contains(error.getErrorCode());
    }

    /**
     * Over partitions, each a tree with an end of its own, so that ranges of one file are in different ones, and mostly files
     * too. A server may be told to have none.
     */
    @Override
    public void spread(JdbcTemplate jdbc, TableName table, String file, String line, long lines) {
        if (Boolean.TRUE.equals(jdbc.queryForObject(HAS_PARTITIONS, Boolean.class))) {
            jdbc.execute("alter table " + quote(table) + " partition by hash (" + quote(file) + " * 3 + (" + quote(line)
                    + " - 1) div " + lines + ") partitions " + PARTITIONS);
        }
    }

    @Override
    public RowWriter rowWriter(DataSource dataSource, TableName table, List<String> columns, int rows) {
        return LoadDataWriter.of(this, new JdbcTemplate(dataSource), table, columns)
                .<RowWriter>map(writer -> writer)
                .orElseGet(() -> new BatchWriter(this, table, columns));
    }

    @Override
    public String asText(String column) {
        return "cast(" + column + " as char character set utf8mb4) collate " + COLLATION;
    }

    @Override
    public Map<String, String> connectionProperties() {
        return Map.of("tcpKeepAlive", "true");
    }

    /**
     * Strict, whatever the server's default: a value that does not fit is an error and never a warning. Who is silent while
     * the server waits for the rows of a {@code LOAD DATA} is not idle to it: that ends by the network's timeout.
     */
    @Override
    public String sessionSettings(Duration patience) {
        long seconds = Math.max(1, patience.toSeconds());
        long wait = Math.max(1, patience.toSeconds() / 2);
        return "set session sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO',"
                + " session max_error_count = 64, session sql_notes = 1,"
                + " session idle_transaction_timeout = " + seconds
                + ", session net_read_timeout = " + seconds
                + ", session innodb_lock_wait_timeout = " + wait
                + ", session lock_wait_timeout = " + wait;
    }

    @Override
    public List<Resource> batchSchema() {
        return List.of(
                new ClassPathResource("org/springframework/batch/core/schema-mariadb.sql"),
                new ClassPathResource("dev/etljar/database/schema-mariadb-batch.sql"));
    }

    @Override
    public String clock() {
        return "utc_timestamp(3)";
    }

    @Override
    public String epoch() {
        return "unix_timestamp()";
    }

    @Override
    public Resource etlSchema() {
        return new ClassPathResource("dev/etljar/database/schema-mariadb.sql");
    }

    @Override
    public String urlOfSchema(String url, String schema) {
        return url.replaceFirst("^(jdbc:mariadb:(?:[a-z]+:)?//[^/?]*)(?:/[^?]*)?", "$1/" + schema);
    }

    @Override
    public String createSchema(String schema) {
        return "create database " + quote(schema);
    }

    @Override
    public String dropSchema(String schema) {
        return "drop database if exists " + quote(schema);
    }

    @Override
    public String keepingNumbers() {
        return "";
    }

    @Override
    public String quoteExisting(String name) {
        return quote(name);
    }

    @Override
    public String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
