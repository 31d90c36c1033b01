package dev.etljar.validate;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.run.RuleResult;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.validate.RuleDefinition.AcceptedValues;
import dev.etljar.validate.RuleDefinition.NotNull;
import dev.etljar.validate.RuleDefinition.Range;
import dev.etljar.validate.RuleDefinition.Relationship;
import dev.etljar.validate.RuleDefinition.RowCount;
import dev.etljar.validate.RuleDefinition.Severity;
import dev.etljar.validate.RuleDefinition.Sql;
import dev.etljar.validate.RuleDefinition.Unique;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/**
 * Each rule as set-based SQL on the staging table. Identifiers are quoted, values are bound. A rule that the database
 * cannot evaluate has failed, with the database's words: the others are still asked.
 */
final class RuleSql {

    private static final Pattern TABLE = Pattern.compile("\\$\\{table:([^}]+)}");
    private static final Pattern REFERENCE = Pattern.compile("([^()]+)\\(([^()]+)\\)");

    private final Database database;
    private final StagedTables staged;
    private final RuleQueries queries;

    RuleSql(Database database, StagedTables staged, RuleQueries queries) {
        this.database = database;
        this.staged = staged;
        this.queries = queries;
    }

    /** The loaded tables whose staged rows the rule judges. */
    static List<String> tables(RuleDefinition rule) {
        if (rule instanceof RowCount r) {
            return List.of(r.table());
        } else if (rule instanceof NotNull r) {
            return List.of(r.table());
        } else if (rule instanceof Unique r) {
            return List.of(r.table());
        } else if (rule instanceof AcceptedValues r) {
            return List.of(r.table());
        } else if (rule instanceof Range r) {
            return List.of(r.table());
        } else if (rule instanceof Relationship r) {
            return List.of(r.table());
        }
        return rule instanceof Sql r
                ? TABLE.matcher(r.query())
                        .results()
                        .map(found -> found.group(1))
                        .toList()
                : List.of();
    }

    RuleResult judge(RuleDefinition rule) {
        try {
            if (rule instanceof RowCount r) {
                return rowCount(r);
            } else if (rule instanceof NotNull r) {
                return notNull(r);
            } else if (rule instanceof Unique r) {
                return unique(r);
            } else if (rule instanceof AcceptedValues r) {
                return acceptedValues(r);
            } else if (rule instanceof Range r) {
                return range(r);
            } else if (rule instanceof Relationship r) {
                return relationship(r);
            } else if (rule instanceof Sql r) {
                return sql(r);
            }
            throw new IllegalStateException("unknown rule " + rule);
        } catch (DataAccessException | IllegalArgumentException e) {
            if (database.causeMayPass(e)) {
                throw e;
            }
            String words = String.valueOf(
                    e instanceof DataAccessException d
                            ? d.getMostSpecificCause().getMessage()
                            : e.getMessage());
            return new RuleResult(
                    rule.describe(),
                    0,
                    false,
                    rule.severity() == Severity.ERROR,
                    "cannot be evaluated: " + words.lines().findFirst().orElse(words),
                    List.of());
        }
    }

    private RuleResult rowCount(RowCount rule) {
        long rows = queries.count("select count(*) from " + staging(rule.table()));
        boolean passed = (rule.min() == null || rows >= rule.min()) && (rule.max() == null || rows <= rule.max());
        return new RuleResult(
                rule.describe(), passed ? 0 : 1, passed, rule.severity() == Severity.ERROR, rows + " rows", List.of());
    }

    private RuleResult notNull(NotNull rule) {
        String where = rule.columns().stream()
                .map(column -> database.quote(column) + " is null")
                .collect(Collectors.joining(" or "));
        return rows(rule, rule.table(), rule.columns(), where, List.of());
    }

    private RuleResult unique(Unique rule) {
        stagedTable(rule.table()).ifPresent(table -> queries.prepareGroups(table.staging(), rule.columns()));
        String columns = database.quoteAll(rule.columns());
        String notNull = rule.columns().stream()
                .map(column -> database.quote(column) + " is not null")
                .collect(Collectors.joining(" and "));
        String groups = " from " + staging(rule.table()) + " where " + notNull + " group by " + columns
                + " having count(*) > 1";
        long violations = queries.count("select sum(n) from (select count(*) as n" + groups + ") duplicates");
        List<Map<String, String>> examples = violations == 0
                ? List.of()
                : queries.examples("select " + columns + ", count(*) as " + database.quote("rows") + groups
                        + " order by count(*) desc, " + columns);
        return result(rule, violations, " rows share their values with another", examples);
    }

    private RuleResult acceptedValues(AcceptedValues rule) {
        String marks = String.join(", ", Collections.nCopies(rule.values().size(), "?"));
        String column = database.quote(rule.column());
        return rows(
                rule,
                rule.table(),
                List.of(rule.column()),
                column + " is not null and " + database.asText(column) + " not in (" + marks + ")",
                rule.values());
    }

    private RuleResult range(Range rule) {
        List<String> outside = new ArrayList<>();
        List<BigDecimal> bounds = new ArrayList<>();
        if (rule.min() != null) {
            outside.add(database.quote(rule.column()) + " < ?");
            bounds.add(rule.min());
        }
        if (rule.max() != null) {
            outside.add(database.quote(rule.column()) + " > ?");
            bounds.add(rule.max());
        }
        return rows(rule, rule.table(), List.of(rule.column()), String.join(" or ", outside), bounds);
    }

    private RuleResult relationship(Relationship rule) {
        Matcher reference = REFERENCE.matcher(rule.references());
        if (!reference.matches()) {
            throw new IllegalArgumentException("'references' must be table(column), not '" + rule.references() + "'");
        }
        String column = database.quote(rule.column());
        String other = database.quote(reference.group(2).trim());
        String where = references(reference.group(1).trim()).stream()
                .map(table -> database.isMissing(column, table, other))
                .collect(Collectors.joining(" and "));
        return rows(rule, rule.table(), List.of(rule.column()), column + " is not null and " + where, List.of());
    }

    /** The tables that hold what may be referred to: what this job stages, and what is published already. */
    private List<String> references(String table) {
        List<String> tables = new ArrayList<>();
        Optional<StagedTable> staging = stagedTable(table);
        staging.ifPresent(s -> tables.add(database.quote(s.staging())));
        TableName target = TableName.of(table);
        if (queries.staysReferable(target, staging.isPresent())) {
            tables.add(database.quote(target));
        }
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("there is no table '" + table + "'");
        }
        return tables;
    }

    private RuleResult sql(Sql rule) {
        String query = TABLE.matcher(rule.query())
                .replaceAll(
                        match -> Matcher.quoteReplacement(staging(match.group(1).trim())));
        long actual = queries.count(query);
        boolean passed = actual == rule.expect();
        return new RuleResult(
                rule.describe(),
                passed ? 0 : actual,
                passed,
                rule.severity() == Severity.ERROR,
                "expected " + rule.expect() + ", actual " + actual,
                List.of());
    }

    private RuleResult rows(RuleDefinition rule, String table, List<String> columns, String where, List<?> values) {
        String from = " from " + staging(table) + " where " + where;
        Object[] bound = values.toArray();
        long violations = queries.count("select count(*)" + from, bound);
        List<Map<String, String>> examples = violations == 0
                ? List.of()
                : queries.examples(
                        "select " + database.quote(StagedTable.LINE_COLUMN) + " as " + database.quote("line") + ", "
                                + database.quoteAll(columns) + from + " order by "
                                + database.quote(StagedTable.FILE_COLUMN) + ", "
                                + database.quote(StagedTable.LINE_COLUMN),
                        bound);
        return result(rule, violations, " rows break the rule", examples);
    }

    private static RuleResult result(
            RuleDefinition rule, long violations, String words, List<Map<String, String>> examples) {
        return new RuleResult(
                rule.describe(),
                violations,
                violations == 0,
                rule.severity() == Severity.ERROR,
                violations + words,
                examples);
    }

    private String staging(String table) {
        return stagedTable(table)
                .map(StagedTable::staging)
                .map(database::quote)
                .orElseThrow(() -> new IllegalArgumentException("no load of this job fills the table '" + table + "'"));
    }

    private Optional<StagedTable> stagedTable(String table) {
        return staged.tables().stream().filter(s -> s.table().equals(table)).findFirst();
    }
}
