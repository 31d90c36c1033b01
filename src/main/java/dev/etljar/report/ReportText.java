package dev.etljar.report;

import dev.etljar.report.TextTable.Column;
import dev.etljar.run.Publication;
import dev.etljar.run.Publication.PublishedTable;
import dev.etljar.run.RuleResult;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.Verdict;
import dev.etljar.text.HumanFormat;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report as text, for a person at three in the morning: the outcome first, the evidence after it. */
final class ReportText {

    private static final int MOST_EXAMPLES = 5;

    private ReportText() {}

    static String of(RunSummary summary, Instant now) {
        return SummaryText.headline(summary, now)
                + "\n"
                + header(summary, now)
                + section("STEPS", SummaryText.steps(summary, now, true))
                + section("LOADS", loads(summary.staged()))
                + section("REJECTS", rejects(summary.rejects()))
                + section("RULES", rules(summary.verdict()))
                + section("PUBLICATION", publication(summary.publication()))
                + section("FILES", files(summary));
    }

    /** Nothing where there is nothing to say. */
    private static String section(String title, String text) {
        return text.isEmpty() ? "" : "\n" + title + "\n" + text;
    }

    private static String header(RunSummary summary, Instant now) {
        return Lines.fact("Job", summary.job())
                + Lines.fact("Execution", summary.executionId() + " of instance " + summary.instanceId())
                + Lines.fact("Parameters", Lines.parameters(summary.parameters()))
                + Lines.fact("Status", summary.status())
                + Lines.fact("Start", SummaryText.time(summary.start()))
                + Lines.fact("End", SummaryText.time(summary.end()))
                + Lines.fact("Duration", HumanFormat.duration(SummaryText.duration(summary, now)))
                + SummaryText.counts(summary)
                + SummaryText.approval(summary.approval());
    }

    private static String loads(@Nullable StagedTables staged) {
        if (staged == null || staged.tables().isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(
                Lines.WIDTH,
                Column.text("Load", 40),
                Column.text("Table", 60),
                Column.number("Records"),
                Column.number("Loaded"),
                Column.number("Rejected"),
                Column.number("Filtered"));
        for (StagedTable load : staged.tables()) {
            table.row(
                    load.load(),
                    load.table(),
                    HumanFormat.count(load.records()),
                    HumanFormat.count(load.loaded()),
                    HumanFormat.count(load.rejected()),
                    HumanFormat.count(load.filtered()));
        }
        return table.text();
    }

    /** The most frequent reason first. */
    private static String rejects(Map<String, Long> reasons) {
        if (reasons.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(Lines.WIDTH, Column.number("Count"), Column.text("Reason", Lines.WIDTH));
        sorted(reasons).forEach(reason -> table.row(HumanFormat.count(reason.getValue()), reason.getKey()));
        return table.text();
    }

    static List<Map.Entry<String, Long>> sorted(Map<String, Long> reasons) {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** What refuses the load first, then the warnings. */
    private static String rules(@Nullable Verdict verdict) {
        if (verdict == null || verdict.results().isEmpty()) {
            return "";
        }
        int width = verdict.results().stream()
                .mapToInt(rule -> HumanFormat.count(rule.violations()).length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        verdict.results().stream()
                .sorted(Comparator.comparing(RuleResult::passed).thenComparing(rule -> !rule.error()))
                .forEach(rule -> text.append(rule(rule, width)));
        return text.toString();
    }

    private static String rule(RuleResult rule, int countWidth) {
        String count = HumanFormat.count(rule.violations());
        String first = String.format("%-6s  ", verdict(rule)) + " ".repeat(countWidth - count.length()) + count + "  ";
        String indent = " ".repeat(first.length());
        StringBuilder text = new StringBuilder(Lines.wrapped(first, indent, rule.rule()));
        text.append(Lines.wrapped(indent, indent, rule.message()));
        rule.examples().stream()
                .limit(MOST_EXAMPLES)
                .forEach(row -> text.append(Lines.wrapped(indent + "- ", indent + "  ", Lines.pairs(row))));
        return text.toString();
    }

    static String verdict(RuleResult rule) {
        if (rule.passed()) {
            return "PASSED";
        }
        return rule.error() ? "FAILED" : "WARN";
    }

    private static String publication(@Nullable Publication publication) {
        if (publication == null) {
            return "";
        }
        TextTable table =
                new TextTable(Lines.WIDTH, Column.text("Table", 60), Column.text("Mode", 10), Column.number("Rows"));
        for (PublishedTable published : publication.tables()) {
            table.row(published.table(), published.mode(), HumanFormat.count(published.rows()));
        }
        StringBuilder warnings = new StringBuilder();
        publication.warnings().forEach(warning -> warnings.append(Lines.wrapped("WARN  ", "      ", warning)));
        return Lines.fact("Published", SummaryText.time(publication.publishedAt()))
                + SummaryText.takenBack(publication)
                + table.text()
                + warnings;
    }

    private static String files(RunSummary summary) {
        return (Counts.hasRejects(summary)
                        ? SummaryText.file("Rejects", summary.workspace().rejects())
                        : "")
                + SummaryText.file("Report", summary.workspace().textReport())
                + SummaryText.file("As JSON", summary.workspace().jsonReport())
                + SummaryText.file("Workspace", summary.workspace().root());
    }
}
