package dev.etljar.doctor;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is asked of a database, where that differs: one class each. */
interface DatabaseRules {

    static DatabaseRules of(Database database) {
        return switch (database.name()) {
            case "H2" -> new H2Rules();
            case "PostgreSQL" -> new PostgreSqlRules();
            case "MariaDB" -> new MariaDbRules();
            default -> throw new IllegalStateException("the doctor knows nothing of " + database.name());
        };
    }

    /** Settings that break or harm runs. */
    List<Hazard> hazards();

    /** The isolation levels, as JDBC numbers them, with which runs are tested. */
    Set<Integer> isolations();

    /** The versions that runs are tested with, for people; README's chapter Databases says the same. */
    String tested();

    /** Whether the server is one of those, or a newer one. */
    boolean isTested(String product, int major, int minor);

    /** A query for the names of the sequences in the connection's schema. */
    default String sequences() {
        return "select sequence_name from information_schema.sequences where sequence_schema = current_schema";
    }

    /** Which privileges the user lacks to make, change and drop tables in the schema; null for the connection's own. */
    List<String> lackingIn(@Nullable String schema, Database database, JdbcTemplate jdbc);

    /** Which of these privileges on rows ({@code select}, {@code insert}, {@code update}, {@code delete}) the user lacks. */
    List<String> lackingOn(TableName table, List<String> wanted, Database database, JdbcTemplate jdbc);
}
