package dev.etljar.report;

import dev.etljar.report.TextTable.Column;
import dev.etljar.run.RunSummary;
import dev.etljar.text.HumanFormat;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Executions, one a line, newest first. */
public final class ListText {

    private static final Comparator<RunSummary> NEWEST_FIRST =
            Comparator.comparingLong(RunSummary::executionId).reversed();

    private ListText() {}

    /** A table, or a sentence where there are none; ends with a newline. */
    public static String of(List<RunSummary> summaries) {
        return of(summaries, Instant.now());
    }

    /** One JSON array; ends with a newline. */
    public static String json(List<RunSummary> summaries) {
        return json(summaries, Instant.now());
    }

    /** @param now what a run that has not ended lasts until */
    static String of(List<RunSummary> summaries, Instant now) {
        if (summaries.isEmpty()) {
            return "No executions.\n";
        }
        // The parameters may be long, so they come last and the lines may be too.
        TextTable table = new TextTable(
                Integer.MAX_VALUE,
                Column.number("ID"),
                Column.text("Job", 30),
                Column.text("Status", 12),
                Column.text("Started", 30),
                Column.number("Duration"),
                Column.number("Loaded"),
                Column.number("Rejected"),
                Column.text("Parameters", 100));
        summaries.stream().sorted(NEWEST_FIRST).forEach(summary -> add(table, summary, now));
        return table.text();
    }

    static String json(List<RunSummary> summaries, Instant now) {
        ArrayNode runs = JsonNodeFactory.instance.arrayNode();
        summaries.stream().sorted(NEWEST_FIRST).forEach(summary -> runs.add(SummaryJson.brief(summary, now)));
        return SummaryJson.text(runs);
    }

    private static void add(TextTable table, RunSummary summary, Instant now) {
        Optional<Counts> counts = Counts.of(summary);
        table.row(
                Long.toString(summary.executionId()),
                summary.job(),
                Outcome.of(summary).word(),
                SummaryText.time(summary.start()),
                summary.isLeft() ? "-" : HumanFormat.duration(SummaryText.duration(summary, now)),
                counts.map(sums -> HumanFormat.count(sums.loaded())).orElse("-"),
                counts.map(sums -> HumanFormat.count(sums.rejected())).orElse("-"),
                summary.parameters().isEmpty() ? "" : Lines.parameters(summary.parameters()));
    }
}
