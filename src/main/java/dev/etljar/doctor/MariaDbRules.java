package dev.etljar.doctor;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** MariaDB. Settings: its knowledge base, "Server System Variables". */
final class MariaDbRules implements DatabaseRules {

    private static final int OLDEST_MAJOR = 10;
    private static final int OLDEST_MINOR = 11;

    /** ER_DBACCESS_DENIED_ERROR, ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143);

    /** Of tables that are not there: privileges come first, and nothing is left where the user has them. */
    private static final String NONE = "etl_doctor_none";

    private static final String OWN_ENGINES = """
            select group_concat(concat(table_name, ' (', engine, ')') order by table_name separator ', ')
            from information_schema.tables
            where table_schema = database() and table_type = 'BASE TABLE' and engine <> 'InnoDB'
              and (lower(table_name) like 'batch\\_%' or table_name like 'etl\\_%')
            having count(*) > 0
            """;

    @Override
    public List<Hazard> hazards() {
        return List.of(
                new Hazard(
                        Severity.ERROR,
                        "select 'on' from dual where @@global.read_only = 1 or @@session.tx_read_only = 1",
                        "The server or its transactions are read-only: no run can write",
                        "Name the primary in the URL, or set read_only and tx_read_only off"),
                new Hazard(
                        Severity.ERROR,
                        OWN_ENGINES,
                        "What is written into these tables cannot be rolled back: %s",
                        "For each of them: alter table NAME engine = InnoDB"),
                new Hazard(
                        Severity.WARNING,
                        "select @@default_storage_engine from dual where @@default_storage_engine <> 'InnoDB'",
                        "default_storage_engine is %s: a table that is made by hand cannot be loaded into as it is",
                        "Set default_storage_engine = InnoDB, or create target tables with engine = InnoDB"),
                new Hazard(
                        Severity.INFO,
                        "select 'off' from dual where @@global.local_infile = 0",
                        "local_infile is %s: rows go by inserts, which takes longer than LOAD DATA",
                        "Set local_infile = on"),
                new Hazard(
                        Severity.WARNING,
                        "select @@max_allowed_packet from dual where @@max_allowed_packet < 4 * 1024 * 1024",
                        "max_allowed_packet is %s bytes: a long record, which may have 1 MiB, ends the run",
                        "Set max_allowed_packet to 16M, which is the default, or more"),
                new Hazard(
                        Severity.WARNING,
                        "select @@innodb_flush_log_at_trx_commit from dual where @@innodb_flush_log_at_trx_commit <> 1",
                        "innodb_flush_log_at_trx_commit is %s: a crash may forget what was reported as published",
                        "Set innodb_flush_log_at_trx_commit = 1"),
                new Hazard(
                        Severity.WARNING,
                        "select 'off' from dual where cast(@@innodb_doublewrite as char) in ('0', 'OFF')",
                        "innodb_doublewrite is %s: a crash of the machine may leave pages that are written in part",
                        "Set innodb_doublewrite = on, unless the file system writes pages as a whole"),
                new Hazard(
                        Severity.WARNING,
                        "select @@max_statement_time from dual where @@max_statement_time > 0",
                        "max_statement_time is %s seconds: a rule or a publication that takes longer fails each time",
                        "Set max_statement_time = 0 for the user"));
    }

    @Override
    public Set<Integer> isolations() {
        return Set.of(Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_REPEATABLE_READ);
    }

    @Override
    public String tested() {
        return "MariaDB 10.11 and 11";
    }

    @Override
    public boolean isTested(String product, int major, int minor) {
        return product.equals("MariaDB") && (major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR));
    }

    @Override
    public String sequences() {
        return "select table_name from information_schema.tables"
                + " where table_schema = database() and table_type = 'SEQUENCE'";
    }

    @Override
    public List<String> lackingIn(@Nullable String schema, Database database, JdbcTemplate jdbc) {
        String none = database.quote(new TableName(schema, NONE));
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put(
                "create", "create table " + none + " like " + database.quote(new TableName(schema, NONE + "_2")));
        statements.put("alter", "alter table " + none + " add column a integer");
        statements.put("drop", "drop table if exists " + none);
        statements.put("index", "create index a on " + none + " (a)");
        statements.put("select", "select 1 from " + none);
        statements.put("insert", "insert into " + none + " values (1)");
        statements.put("update", "update " + none + " set a = 1");
        statements.put("delete", "delete from " + none);
        return denied(statements, jdbc);
    }

    /** To explain a statement takes the same privileges as to execute it. */
    @Override
    public List<String> lackingOn(TableName table, List<String> wanted, Database database, JdbcTemplate jdbc) {
        String name = database.quote(table);
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("select", "explain select * from " + name);
        statements.put("insert", "explain insert into " + name + " () values ()");
        statements.put("update", "explain update " + name + " set " + firstColumn(table, database, jdbc));
        statements.put("delete", "explain delete from " + name);
        statements.keySet().retainAll(wanted);
        return denied(statements, jdbc);
    }

    private static String firstColumn(TableName table, Database database, JdbcTemplate jdbc) {
        String column = jdbc
                .queryForList(
                        "select column_name from information_schema.columns where table_schema = coalesce(?, database())"
                                + " and table_name = ? order by ordinal_position limit 1",
                        String.class,
                        table.schema(),
                        table.name())
                .stream()
                .findFirst()
                .orElse("a");
        return database.quote(column) + " = null";
    }

    private static List<String> denied(Map<String, String> statements, JdbcTemplate jdbc) {
        return statements.entrySet().stream()
                .filter(each -> isDenied(each.getValue(), jdbc))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whatever else is wrong with the statement is none of its matter. */
    private static boolean isDenied(String statement, JdbcTemplate jdbc) {
        try {
            jdbc.execute(statement);
            return false;
        } catch (DataAccessException e) {
            return e.getMostSpecificCause() instanceof SQLException error && DENIED.contains(error.getErrorCode());
        }
    }
}
