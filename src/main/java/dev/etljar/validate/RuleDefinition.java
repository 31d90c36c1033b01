package dev.etljar.validate;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** One rule of VALIDATE. The key {@code rule} names the case in kebab-case, such as {@code row-count}. */
public sealed interface RuleDefinition {

    /** Whether a broken rule refuses the load or is only reported. */
    enum Severity {
        ERROR,
        WARN
    }

    Severity severity();

    /** The rule in words, as a report names it. */
    String describe();

    /** The staging table has at least {@code min} and at most {@code max} rows. */
    record RowCount(
            String table,
            @Nullable Long min,
            @Nullable Long max,
            @DefaultValue("error") Severity severity) implements RuleDefinition {
        public RowCount {
            if (min == null && max == null) {
                throw new IllegalArgumentException("'row-count' takes 'min', 'max' or both");
            }
        }

        @Override
        public String describe() {
            return "row-count " + table + (min == null ? "" : ", at least " + min)
                    + (max == null ? "" : ", at most " + max);
        }
    }

    /** No row has null in one of the columns. */
    record NotNull(
            String table,
            List<String> columns,
            @DefaultValue("error") Severity severity) implements RuleDefinition {
        public NotNull {
            columns = requireColumns(columns);
        }

        @Override
        public String describe() {
            return "not-null " + table + " (" + String.join(", ", columns) + ")";
        }
    }

    /** No two rows have the same values in the columns; rows with a null among them are not compared, as in SQL. */
    record Unique(
            String table,
            List<String> columns,
            @DefaultValue("error") Severity severity) implements RuleDefinition {
        public Unique {
            columns = requireColumns(columns);
        }

        @Override
        public String describe() {
            return "unique " + table + " (" + String.join(", ", columns) + ")";
        }
    }

    /** The column holds one of the values, or null. */
    record AcceptedValues(
            String table,
            String column,
            List<String> values,
            @DefaultValue("error") Severity severity) implements RuleDefinition {
        public AcceptedValues {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("'values' is empty");
            }
        }

        @Override
        public String describe() {
            return "accepted-values " + table + " (" + column + ")";
        }
    }

    /** The column's value is at least {@code min} and at most {@code max}, or null. */
    record Range(
            String table,
            String column,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @DefaultValue("error") Severity severity)
            implements RuleDefinition {
        public Range {
            if (min == null && max == null) {
                throw new IllegalArgumentException("'range' takes 'min', 'max' or both");
            }
        }

        @Override
        public String describe() {
            return "range " + table + " (" + column + ")" + (min == null ? "" : ", at least " + min)
                    + (max == null ? "" : ", at most " + max);
        }
    }

    /**
     * The column's value stands in the other table's column, or is null.
     *
     * @param references {@code table(column)}: a table that this job loads, or one that is there
     */
    record Relationship(
            String table,
            String column,
            String references,
            @DefaultValue("error") Severity severity) implements RuleDefinition {
        public Relationship {
            if (!references.matches("[^()]+\\([^()]+\\)")) {
                throw new IllegalArgumentException("'references' must be table(column), not '" + references + "'");
            }
        }

        @Override
        public String describe() {
            return "relationship " + table + " (" + column + ") references " + references;
        }
    }

    /**
     * A query of the user's that gives one number.
     *
     * @param query SQL in which <code>${table:NAME}</code> stands for the staging table of NAME
     * @param expect the number that it must give
     */
    record Sql(
            String query,
            long expect,
            @DefaultValue("error") Severity severity) implements RuleDefinition {
        @Override
        public String describe() {
            return "sql " + query.strip().replaceAll("\\s+", " ");
        }
    }

    private static List<String> requireColumns(List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("'columns' is empty");
        }
        return List.copyOf(columns);
    }
}
