package dev.etljar.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of one database: what is there, and how more of them are made. */
public final class Tables {

    private final Database database;
    private final JdbcTemplate jdbc;

    public Tables(Database database, DataSource dataSource) {
        this.database = database;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * A column that is there.
     *
     * @param name as it stands in the catalogue
     * @param notNull whether it takes no null
     * @param generated whether the database fills it where an insert does not name it
     * @param alwaysGenerated whether an insert may not name it
     */
    public record ExistingColumn(String name, boolean notNull, boolean generated, boolean alwaysGenerated) {}

    /** Whether what is written into the table can be rolled back. */
    public boolean isTransactional(TableName table) {
        @Nullable String query = database.engineQuery();
        return query == null
                || jdbc.queryForList(query, String.class, table.schema(), table.name()).stream()
                        .allMatch(database::isTransactional);
    }

    public boolean exists(TableName table) {
        return !columns(table).isEmpty();
    }

    /** The table's columns in their order; none where there is no such table. */
    public List<ExistingColumn> columns(TableName table) {
        return metaData((catalog, connection) -> {
            List<ExistingColumn> columns = new ArrayList<>();
            try (ResultSet found = catalog.getColumns(
                    catalog(table, connection), schema(table, connection), pattern(catalog, table.name()), null)) {
                while (found.next()) {
                    columns.add(new ExistingColumn(
                            found.getString("COLUMN_NAME"),
                            found.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls,
                            found.getString("COLUMN_DEF") != null
                                    || "YES".equals(found.getString("IS_AUTOINCREMENT"))
                                    || "YES".equals(found.getString("IS_GENERATEDCOLUMN")),
                            "YES".equals(found.getString("IS_GENERATEDCOLUMN"))));
                }
            }
            return columns;
        });
    }

    /** The tables of the default schema whose names begin so. */
    public List<TableName> names(String prefix) {
        return metaData((catalog, connection) -> {
            List<TableName> names = new ArrayList<>();
            String pattern = pattern(catalog, prefix) + "%";
            try (ResultSet found = catalog.getTables(
                    connection.getCatalog(), connection.getSchema(), pattern, new String[] {"TABLE", "BASE TABLE"})) {
                while (found.next()) {
                    names.add(new TableName(null, found.getString("TABLE_NAME")));
                }
            }
            return names;
        });
    }

    /** Whether a primary key or unique index covers exactly these columns. */
    public boolean isUnique(TableName table, Collection<String> columns) {
        return metaData((catalog, connection) -> {
            Map<String, List<String>> indexes = new TreeMap<>();
            try (ResultSet found = catalog.getIndexInfo(
                    catalog(table, connection), schema(table, connection), database.fold(table.name()), true, true)) {
                while (found.next()) {
                    @Nullable String column = found.getString("COLUMN_NAME");
                    if (column != null) {
                        indexes.computeIfAbsent(found.getString("INDEX_NAME"), name -> new ArrayList<>())
                                .add(column);
                    }
                }
            }
            return indexes.values().stream().anyMatch(index -> sameColumns(columns, index));
        });
    }

    private boolean sameColumns(Collection<String> defined, List<String> existing) {
        return defined.size() == existing.size()
                && existing.stream()
                        .allMatch(column -> defined.stream().anyMatch(name -> database.sameColumn(name, column)));
    }

    /** Makes the table where it is not there. */
    public void create(TableName table, List<Column> columns, List<String> primaryKey) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (Column column : columns) {
            boolean notNull = column.notNull() || primaryKey.contains(column.name());
            parts.put(
                    column.name(),
                    database.quote(column.name()) + " " + database.type(column.type()) + (notNull ? " not null" : ""));
        }
        String key = primaryKey.isEmpty() ? "" : ", primary key (" + database.quoteAll(primaryKey) + ")";
        jdbc.execute("create table if not exists " + database.quote(table) + " (" + String.join(", ", parts.values())
                + key + ")" + database.tableOptions());
    }

    /** Drops the table where it is there. */
    public void drop(TableName table) {
        jdbc.execute("drop table if exists " + database.quote(table));
    }

    /**
     * Makes an empty table with some columns of another one: their types, and whether they take null.
     * Whatever a row of the new table holds can then be inserted into the other one, but for its keys and checks.
     */
    public void createLike(TableName table, TableName model, List<String> columns) {
        jdbc.execute("create table " + database.quote(table) + database.tableOptions() + " as select "
                + database.quoteAll(columns) + " from " + database.quote(model) + " where 1 = 0");
        if (database.keepsNotNull()) {
            return;
        }
        for (ExistingColumn column : columns(model)) {
            boolean loaded = columns.stream().anyMatch(name -> database.sameColumn(name, column.name()));
            if (loaded && column.notNull()) {
                jdbc.execute("alter table " + database.quote(table) + " alter column " + database.quote(column.name())
                        + " set not null");
            }
        }
    }

    /** Makes an empty table with all columns of another one, by names and types. */
    public void createEmpty(TableName table, TableName model) {
        jdbc.execute("create table " + database.quote(table) + database.tableOptions() + " as select * from "
                + database.quote(model) + " where 1 = 0");
    }

    /** Whether the table has the column. */
    public boolean has(TableName table, String column) {
        return columns(table).stream().anyMatch(there -> database.sameColumn(column, there.name()));
    }

    public void addColumn(TableName table, Column column) {
        jdbc.execute("alter table " + database.quote(table) + " add column " + database.quote(column.name()) + " "
                + database.type(column.type()) + (column.notNull() ? " not null" : ""));
    }

    /** Makes an index on the table where there is none of this name. */
    public void createIndex(String name, TableName table, List<String> columns) {
        jdbc.execute("create index if not exists " + database.quote(name) + " on " + database.quote(table) + " ("
                + database.quoteAll(columns) + ")");
    }

    private @Nullable String catalog(TableName table, Connection connection) throws SQLException {
        return database.schemaIsCatalog() && table.schema() != null
                ? database.fold(table.schema())
                : connection.getCatalog();
    }

    private @Nullable String schema(TableName table, Connection connection) throws SQLException {
        if (database.schemaIsCatalog()) {
            return null;
        }
        return table.schema() == null ? connection.getSchema() : database.fold(table.schema());
    }

    private String pattern(DatabaseMetaData catalog, String name) throws SQLException {
        String escape = catalog.getSearchStringEscape();
        return database.fold(name)
                .replace(escape, escape + escape)
                .replace("_", escape + "_")
                .replace("%", escape + "%");
    }

    private interface CatalogQuery<T> {
        T ask(DatabaseMetaData catalog, Connection connection) throws SQLException;
    }

    private <T> T metaData(CatalogQuery<T> query) {
        @Nullable
        T answer = jdbc.execute((ConnectionCallback<T>) connection -> query.ask(connection.getMetaData(), connection));
        if (answer == null) {
            throw new IllegalStateException("the catalogue gave no answer");
        }
        return answer;
    }
}
