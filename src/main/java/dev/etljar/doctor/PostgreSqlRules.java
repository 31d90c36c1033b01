package dev.etljar.doctor;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** PostgreSQL. Settings: its documentation, chapter 20, "Server Configuration". */
final class PostgreSqlRules implements DatabaseRules {

    private static final int OLDEST = 14;

    private static final String SCHEMA = """
            select p from unnest(array['create', 'usage']) p
            where not has_schema_privilege(coalesce(?, current_schema()), p) order by 1
            """;

    @Override
    public List<Hazard> hazards() {
        return List.of(
                new Hazard(
                        Severity.ERROR,
                        "select current_setting('search_path') where current_schema() is null",
                        "There is no schema to make tables in: none of the search path (%s) exists",
                        "Create the schema, or name another one in the URL: ?currentSchema=NAME"),
                new Hazard(
                        Severity.ERROR,
                        "select 'on' where pg_is_in_recovery()",
                        "The server is a standby, which takes no writes",
                        "Name the primary in the URL; of several hosts, ?targetServerType=primary finds it"),
                new Hazard(
                        Severity.ERROR,
                        set("default_transaction_read_only", "= 'on'"),
                        "default_transaction_read_only is %s: no run can write",
                        "Switch it off for the user: alter role NAME set default_transaction_read_only = off"),
                new Hazard(
                        Severity.ERROR,
                        set("fsync", "= 'off'"),
                        "fsync is %s: after a crash of the machine what was published may be lost or unreadable",
                        "Set fsync = on in postgresql.conf"),
                new Hazard(
                        Severity.WARNING,
                        set("full_page_writes", "= 'off'"),
                        "full_page_writes is %s: a crash of the machine may leave pages that are written in part",
                        "Set full_page_writes = on in postgresql.conf, unless the file system writes pages as a whole"),
                new Hazard(
                        Severity.WARNING,
                        set("synchronous_commit", "= 'off'"),
                        "synchronous_commit is %s: a crash of the server may forget what was reported as published",
                        "Switch it on for the user: alter role NAME set synchronous_commit = on"),
                timeout("statement_timeout"),
                timeout("transaction_timeout"),
                new Hazard(
                        Severity.WARNING,
                        set("server_encoding", "<> 'UTF8'"),
                        "The database's encoding is %s: characters that it does not have are rejected",
                        "Use a database that was created with encoding 'UTF8'"));
    }

    private static Hazard timeout(String name) {
        return new Hazard(
                Severity.WARNING,
                set(name, "<> '0'"),
                name + " is %s: a rule or a publication that takes longer fails each time",
                "Switch it off for the user: alter role NAME set " + name + " = 0");
    }

    /** Of a setting that older versions do not have there is nothing to say. */
    private static String set(String name, String condition) {
        return "select v from current_setting('" + name + "', true) v where v " + condition;
    }

    @Override
    public Set<Integer> isolations() {
        return Set.of(Connection.TRANSACTION_READ_COMMITTED);
    }

    @Override
    public String tested() {
        return "PostgreSQL 14 to 18";
    }

    @Override
    public boolean isTested(String product, int major, int minor) {
        return major >= OLDEST;
    }

    /** Of the catalogue: the information schema has only those that the user may use. */
    @Override
    public String sequences() {
        return "select relname from pg_class where relkind = 'S' and relnamespace = current_schema()::regnamespace";
    }

    @Override
    public List<String> lackingIn(@Nullable String schema, Database database, JdbcTemplate jdbc) {
        return jdbc.queryForList(SCHEMA, String.class, schema == null ? null : database.fold(schema));
    }

    @Override
    public List<String> lackingOn(TableName table, List<String> wanted, Database database, JdbcTemplate jdbc) {
        String name = database.quote(table);
        return wanted.stream()
                .filter(each -> !Boolean.TRUE.equals(
                        jdbc.queryForObject("select has_table_privilege(?, ?)", Boolean.class, name, each)))
                .toList();
    }
}
