package dev.etljar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;

/**
 * What differs between the databases: one class each. Everything else of this application's SQL is the same for all.
 * Identifiers that a caller passes are as the definition names them; those in returned SQL are folded and quoted.
 */
public sealed interface Database permits H2Database {

    /** @throws IllegalStateException where the data source leads to a database that is not supported */
    static Database of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (product.equals("H2")) {
                return new H2Database();
            }
            throw new IllegalStateException("The database '" + product
                    + "' is not supported; H2 is. See spring.datasource.url" + " in config/application.yml");
        } catch (SQLException e) {
            throw new DatabaseUnavailableException(e);
        }
    }

    /** The product's name. */
    String name();

    /**
     * A name as it stands in the catalogue: an ordinary identifier (letters, digits, underscores) is folded as the
     * database folds it where it is not quoted, so that {@code select * from bird_strikes} finds the table; any other
     * name stays as it is.
     */
    String fold(String name);

    /** The SQL type of a column. */
    String type(ColumnType type);

    /** Statements that merge all rows of a staging table into the target by its key, to be run in one transaction. */
    List<String> upsert(String target, String staging, List<String> columns, List<String> key);

    /** Whether the error means that a row is bad, not that the database is in trouble: SQLSTATE classes 22 and 23. */
    default boolean refusesRow(SQLException error) {
        String state = error.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** An SQL expression that gives the column's value as text. */
    String asText(String column);

    /** The database's words in one line, fit for a message. */
    default String message(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    /**
     * Whether a GROUP BY keeps all of its groups in memory unless an index gives them in their order. Where it does, the
     * memory of a query would grow with the input.
     */
    boolean groupsInMemory();

    /** Whether a killed process may leave a torn commit, so that staged rows are checked before a restart goes on. */
    boolean mayTearCommits();

    /** The scripts that create Spring Batch's tables and this application's. */
    List<Resource> schema();

    /** The name, folded and quoted. */
    default String quote(String name) {
        return '"' + fold(name).replace("\"", "\"\"") + '"';
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
