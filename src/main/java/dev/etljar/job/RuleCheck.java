package dev.etljar.job;

import dev.etljar.database.ColumnType.Kind;
import dev.etljar.definition.Findings;
import dev.etljar.definition.Words;
import dev.etljar.process.LoadDefinition;
import dev.etljar.row.ColumnDefinition;
import dev.etljar.validate.RuleDefinition;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a rule speaks of tables and columns that the job loads. */
final class RuleCheck {

    private static final Pattern TABLE = Pattern.compile("\\$\\{table:([^}]*)}");
    private static final Set<Kind> NUMBERS = Set.of(Kind.INTEGER, Kind.BIGINT, Kind.DECIMAL, Kind.DOUBLE);

    private final List<LoadDefinition> loads;
    private final RuleDefinition rule;
    private final String path;
    private final Findings findings;

    RuleCheck(List<LoadDefinition> loads, RuleDefinition rule, String path, Findings findings) {
        this.loads = loads;
        this.rule = rule;
        this.path = path;
        this.findings = findings;
    }

    void check() {
        if (rule instanceof RuleDefinition.RowCount count) {
            load(count.table(), ".table");
            checkBounds(decimal(count.min()), decimal(count.max()));
        } else if (rule instanceof RuleDefinition.NotNull notNull) {
            checkColumns(notNull.table(), notNull.columns());
        } else if (rule instanceof RuleDefinition.Unique unique) {
            checkColumns(unique.table(), unique.columns());
        } else if (rule instanceof RuleDefinition.AcceptedValues accepted) {
            load(accepted.table(), ".table").ifPresent(load -> checkColumn(load, accepted.column(), ".column"));
        } else if (rule instanceof RuleDefinition.Range range) {
            checkRange(range);
        } else if (rule instanceof RuleDefinition.Relationship relationship) {
            load(relationship.table(), ".table").ifPresent(load -> checkColumn(load, relationship.column(), ".column"));
            checkReferences(relationship.references());
        } else if (rule instanceof RuleDefinition.Sql sql) {
            checkQuery(sql.query());
        }
    }

    private void checkColumns(String table, List<String> columns) {
        Optional<LoadDefinition> load = load(table, ".table");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            String key = Findings.item(".columns", i);
            if (!seen.add(column)) {
                findings.add(path + key, "column " + Words.quoted(column) + " is there twice");
            } else {
                load.ifPresent(filled -> checkColumn(filled, column, key));
            }
        }
    }

    private void checkRange(RuleDefinition.Range range) {
        Optional<Kind> kind = load(range.table(), ".table")
                .flatMap(load -> checkColumn(load, range.column(), ".column"))
                .map(column -> column.type().kind());
        if (kind.isPresent() && !NUMBERS.contains(kind.get())) {
            findings.add(
                    path + ".column",
                    "'range' compares numbers, and column " + Words.quoted(range.column()) + " is "
                            + Words.kebabCase(kind.get().name()));
        }
        checkBounds(range.min(), range.max());
    }

    private void checkReferences(String references) {
        String table = references.substring(0, references.indexOf('('));
        String column = references.substring(references.indexOf('(') + 1, references.length() - 1);
        LoadCheck.tableProblem(table).ifPresent(problem -> findings.add(path + ".references", problem));
        loads.stream()
                .filter(load -> load.table().equals(table))
                .forEach(load -> checkColumn(load, column, ".references"));
    }

    private void checkQuery(String query) {
        if (query.isBlank()) {
            findings.add(path + ".query", "'query' is empty");
        }
        Matcher matcher = TABLE.matcher(query);
        while (matcher.find()) {
            load(matcher.group(1), ".query");
        }
    }

    private void checkBounds(@Nullable BigDecimal min, @Nullable BigDecimal max) {
        if (min != null && max != null && min.compareTo(max) > 0) {
            findings.add(path + ".min", "'min' is greater than 'max': " + min + " and " + max);
        }
    }

    /** The load that fills the table; notes an error where none does. */
    private Optional<LoadDefinition> load(String table, String key) {
        Optional<LoadDefinition> load = loads.stream()
                .filter(candidate -> candidate.table().equals(table))
                .findFirst();
        if (load.isEmpty()) {
            List<String> tables = loads.stream().map(LoadDefinition::table).toList();
            findings.add(
                    path + key,
                    "no load fills table " + Words.quoted(table) + Words.suggestion(table, tables, "the tables are"));
        }
        return load;
    }

    /** The column; notes an error where the load lists its columns and has no such. */
    private Optional<ColumnDefinition> checkColumn(LoadDefinition load, String name, String key) {
        Optional<ColumnDefinition> column = load.columns().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        if (column.isEmpty() && !load.columns().isEmpty()) {
            List<String> names =
                    load.columns().stream().map(ColumnDefinition::name).toList();
            findings.add(
                    path + key,
                    "table " + Words.quoted(load.table()) + " has no column " + Words.quoted(name)
                            + Words.suggestion(name, names, "its columns are"));
        }
        return column;
    }

    private static @Nullable BigDecimal decimal(@Nullable Long number) {
        return number == null ? null : BigDecimal.valueOf(number);
    }
}
