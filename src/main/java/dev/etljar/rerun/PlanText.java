package dev.etljar.rerun;

import dev.etljar.run.Phase;
import dev.etljar.text.HumanFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan for a person: a line for each thing that is undone, then what runs again and what stays. */
record PlanText(RerunPlan plan) {

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        plan.takenBack()
                .forEach(load -> lines.add(fact(
                        "Taken back",
                        load.table() + " (" + load.mode() + ", " + HumanFormat.count(load.rows(), "row") + ")")));
        plan.givenUp()
                .forEach(id ->
                        lines.add(fact("Given up", "execution " + id + ", a replay of its rejects that was refused")));
        plan.staged()
                .forEach(table -> lines.add(
                        fact("Dropped", table.table() + " (" + HumanFormat.count(table.rows(), "staged row") + ")")));
        if (plan.rejects() > 0) {
            lines.add(fact("Removed", HumanFormat.count(plan.rejects(), "reject")));
        }
        new TreeMap<>(plan.putBack())
                .forEach((place, archived) -> lines.add(fact("Put back", place + " (from " + archived + ")")));
        lines.add(fact("Runs again", names(plan.again())));
        if (!plan.kept().isEmpty()) {
            lines.add(fact("Stays", "what " + names(plan.kept()) + " made"));
        }
        plan.notes().forEach(note -> lines.add(fact("Note", note)));
        return "Execution " + plan.executionId() + " of job '" + plan.job() + "', again from " + plan.from() + ":\n"
                + String.join("\n", lines);
    }

    private static String fact(String name, String value) {
        return "  %-11s %s".formatted(name, value);
    }

    private static String names(List<Phase> phases) {
        return phases.stream().map(Phase::name).collect(Collectors.joining(", "));
    }
}
