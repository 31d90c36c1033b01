package dev.etljar.validate;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.run.Sha256;
import dev.etljar.run.StopSignal;
import dev.etljar.run.StoppableJdbc;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Asks the database. */
final class RuleQueries {

    private static final int EXAMPLES = 5;
    private static final int VALUE_LENGTH = 200;

    private final Database database;
    private final JdbcTemplate jdbc;
    private final Tables tables;
    private final boolean replaces;

    RuleQueries(Target target, StopSignal stop, boolean replaces) {
        this.database = target.database();
        this.jdbc = new StoppableJdbc(target.dataSource(), stop);
        this.tables = new Tables(database, target.dataSource());
        this.replaces = replaces;
    }

    /** The first column of the only row; 0 for null. */
    long count(String query, Object... values) {
        @Nullable Long count = jdbc.queryForObject(query, Long.class, values);
        return count == null ? 0 : count;
    }

    /** Up to five rows of the query, column label to value. */
    List<Map<String, String>> examples(String query, Object... values) {
        return jdbc.query(query + " limit " + EXAMPLES, (row, number) -> example(row), values);
    }

    /** Whether a row may refer to rows that are in the target table now: it is there, and they will stay. */
    boolean staysReferable(TableName target, boolean loadedByThisJob) {
        return !(loadedByThisJob && replaces) && tables.exists(target);
    }

    /** Gives the columns an order, where the database needs it to count groups in bounded memory. */
    void prepareGroups(String staging, List<String> columns) {
        if (database.groupsInMemory()) {
            String name = staging + "_" + Sha256.of(columns.toString()).substring(0, 8);
            tables.createIndex(name, new TableName(null, staging), columns);
        }
    }

    private static Map<String, String> example(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, String> example = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String value = String.valueOf(row.getString(i));
            example.put(
                    columns.getColumnLabel(i),
                    value.length() > VALUE_LENGTH ? value.substring(0, VALUE_LENGTH) + "…" : value);
        }
        return example;
    }
}
