package dev.etljar.job;

import dev.etljar.definition.Findings;
import dev.etljar.definition.Words;
import dev.etljar.process.LoadDefinition;
import dev.etljar.row.ColumnDefinition;
import dev.etljar.row.SourceField;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a load names a table and columns that a database can have. */
final class LoadCheck {

    /** PostgreSQL's limit, the least of the databases'. */
    private static final int MAX_NAME = 63;

    /** Begins the names of the columns that staging tables have of their own. */
    private static final String RESERVED = "_etl_";

    private final LoadDefinition load;
    private final String path;
    private final Findings findings;

    LoadCheck(LoadDefinition load, String path, Findings findings) {
        this.load = load;
        this.path = path;
        this.findings = findings;
    }

    void check() {
        tableProblem(load.table()).ifPresent(problem -> findings.add(path + ".table", problem));
        if (load.name().isBlank() && !load.table().isBlank()) {
            findings.add(path + ".name", "'name' is empty; leave the key out to use the table's name");
        }
        load.loadId()
                .flatMap(name -> nameProblem("column", name))
                .ifPresent(problem -> findings.add(path + ".load-id-column", problem));
        Set<String> names = new HashSet<>();
        List<ColumnDefinition> columns = load.columns();
        for (int i = 0; i < columns.size(); i++) {
            checkColumn(Findings.item(path + ".columns", i), columns.get(i), names);
        }
    }

    /** Everything about one column; what only its converter can know of its type and options belongs here, too. */
    private void checkColumn(String columnPath, ColumnDefinition column, Set<String> names) {
        String name = column.name();
        String folded = name.toLowerCase(Locale.ROOT);
        if (!names.add(folded)) {
            findings.add(columnPath + ".name", "there is a column " + Words.quoted(name) + " already");
        }
        if (load.loadId().filter(name::equalsIgnoreCase).isPresent()) {
            findings.add(
                    columnPath + ".name",
                    "the load's rows carry their publication's ID in column " + Words.quoted(name)
                            + "; give the load another 'load-id-column', or 'none'");
        }
        if (folded.startsWith(RESERVED)) {
            findings.add(columnPath + ".name", "column names that begin with " + RESERVED + " are reserved");
        }
        nameProblem("column", name).ifPresent(problem -> findings.add(columnPath + ".name", problem));
        column.problems().forEach(problem -> findings.add(columnPath, "column " + Words.quoted(name) + ": " + problem));
        if (!load.csv().header() && !(column.from() instanceof SourceField.Numbered)) {
            findings.add(
                    columnPath + ".from",
                    "without a header, 'from' must be the field's position, such as 1, in column "
                            + Words.quoted(name));
        }
    }

    /** What is wrong with the name of a table, {@code table} or {@code schema.table}. */
    static Optional<String> tableProblem(String table) {
        String[] parts = table.split("\\.", -1);
        if (parts.length > 2) {
            return Optional.of("a table is 'table' or 'schema.table', not " + Words.quoted(table));
        }
        for (String part : parts) {
            Optional<String> problem = nameProblem(parts.length == 1 ? "table" : "schema or table", part);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> nameProblem(String what, String name) {
        if (name.isBlank()) {
            return Optional.of("the " + what + " has an empty name");
        }
        if (!name.equals(name.strip())) {
            return Optional.of("the " + what + " name " + Words.quoted(name) + " begins or ends with white space");
        }
        if (name.length() > MAX_NAME) {
            return Optional.of("the " + what + " name " + Words.quoted(name) + " has " + name.length()
                    + " characters, more than the " + MAX_NAME + " that databases allow");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("the " + what + " name " + Words.quoted(name) + " has a control character");
        }
        return Optional.empty();
    }
}
