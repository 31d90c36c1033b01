package dev.etljar.finalize;

import dev.etljar.database.Database;
import dev.etljar.database.Exchange;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.finalize.FinalizeDefinition.Mode;
import dev.etljar.run.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** What in the target keeps loads from being published as the definition says, found without a write. */
record PublishingCheck(FinalizeDefinition definition, Target target) {

    /** @param keys the key columns of each target table, empty where publishing needs none */
    List<Problem> problems(Map<String, List<String>> keys) {
        Optional<Exchange> exchange = target.database().exchange(new JdbcTemplate(target.dataSource()));
        if (definition.publish() == Mode.SWAP && exchange.isEmpty()) {
            return List.of(cannotSwap(target.database()));
        }
        Tables tables = new Tables(target.database(), target.dataSource());
        List<Problem> problems = new ArrayList<>();
        keys.forEach((name, key) -> {
            TableName table = TableName.of(name);
            if (!key.isEmpty() && tables.exists(table) && !tables.isUnique(table, key)) {
                problems.add(
                        Problem.wrong(
                                "'publish: upsert' finds the rows of '" + table + "' by (" + String.join(", ", key)
                                        + "), but the table has no primary key or unique index on just these columns. Create one"));
            }
            if (definition.publish() == Mode.SWAP && tables.exists(table)) {
                swapProblem(table, exchange.orElseThrow()).map(Problem::wrong).ifPresent(problems::add);
            }
        });
        return problems;
    }

    /** Why a new table cannot take the place of this one, if it cannot. */
    static Optional<String> swapProblem(TableName table, Exchange exchange) {
        List<String> bound = exchange.bound(table);
        if (!bound.isEmpty()) {
            return Optional.of("'publish: swap' puts a new table in the place of '" + table
                    + "', and this would not come along: " + String.join(", ", bound)
                    + ". Use 'publish: replace', or do without it");
        }
        return exchange.permitted(table)
                ? Optional.empty()
                : Optional.of(
                        "'publish: swap' puts a new table in the place of '" + table
                                + "', which only its owner may do. Use 'publish: replace', or make the user a member of its owner's role");
    }

    private static Problem cannotSwap(Database database) {
        return Problem.wrong(
                "'publish: swap' renames tables in the transaction that also notes the publication, but on "
                        + database.name()
                        + " a rename is a commit by itself, and a run that is killed after it could not tell. "
                        + "Use 'publish: replace', or a target on PostgreSQL");
    }
}
