package dev.etljar.validate;

import dev.etljar.database.Database;
import dev.etljar.database.Target;
import dev.etljar.run.Phase;
import dev.etljar.run.Replay;
import dev.etljar.run.RuleResult;
import dev.etljar.run.RunContext;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges the staging tables: first whether every record of the input is accounted for, then by the definition's rules.
 * Every rule is asked, also after one failed, so that a person sees all of it at once.
 */
public final class ValidateStep {

    private final List<RuleDefinition> rules;
    private final RunContext context;
    private final boolean replay;
    private final Database database;
    private final RuleQueries queries;

    /** @param replaces whether publishing takes the target's old rows away, so that none of them can be referred to */
    public ValidateStep(List<RuleDefinition> rules, RunContext context, Target target, boolean replaces) {
        this.rules = List.copyOf(rules);
        this.context = context;
        this.replay = Replay.in(context.parameters()).isPresent();
        this.database = target.database();
        this.queries = new RuleQueries(target, context.stop(), replaces);
    }

    /** Judges the staged tables as they are now. */
    public Verdict run(StagedTables staged) {
        List<RuleResult> results = new ArrayList<>();
        for (StagedTable table : staged.tables()) {
            results.add(everyRecordAccountedFor(table));
        }
        for (RuleDefinition rule : rules) {
            context.stop().throwIfRequested();
            if (replay && !judgesReplay(rule, staged)) {
                continue;
            }
            results.add(new RuleSql(database, staged, queries).judge(rule));
        }
        results.forEach(this::tellWarning);
        return new Verdict(staged, results);
    }

    /** What refuses the load is told at its end. */
    private void tellWarning(RuleResult result) {
        if (!result.passed() && !result.error()) {
            context.listener()
                    .noted(Phase.VALIDATE, "warning: " + result.rule() + ": " + result.message() + "; see the report");
        }
    }

    /** How many rows there are says nothing of a handful of corrected records; and not every load had rejects. */
    private static boolean judgesReplay(RuleDefinition rule, StagedTables staged) {
        return !(rule instanceof RuleDefinition.RowCount)
                && RuleSql.tables(rule).stream()
                        .allMatch(table -> staged.tables().stream()
                                .anyMatch(each -> each.table().equals(table)));
    }

    private RuleResult everyRecordAccountedFor(StagedTable table) {
        long rows = queries.count("select count(*) from " + database.quote(table.staging()));
        long accounted = table.loaded() + table.rejected() + table.filtered();
        boolean passed = rows == table.loaded() && accounted == table.records();
        String message = table.records() + " records = " + table.loaded() + " loaded + " + table.rejected()
                + " rejected + " + table.filtered() + " filtered; " + rows + " rows staged";
        return new RuleResult(
                "every record of " + table.table() + " is accounted for",
                Math.abs(rows - table.loaded()) + Math.abs(accounted - table.records()),
                passed,
                true,
                message,
                List.of());
    }
}
