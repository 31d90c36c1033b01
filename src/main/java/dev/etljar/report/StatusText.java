package dev.etljar.report;

import dev.etljar.run.Publication;
import dev.etljar.run.RunSummary;
import dev.etljar.text.HumanFormat;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One execution in short: for the status command, and for what stands on the screen after a run. */
public final class StatusText {

    private StatusText() {}

    /** The outcome, a table of the steps, the counts, where the files are; ends with a newline. */
    public static String of(RunSummary summary) {
        return of(summary, Instant.now());
    }

    /** One JSON document, the same as the report's; ends with a newline. */
    public static String json(RunSummary summary) {
        return json(summary, Instant.now());
    }

    /** @param now what a run that has not ended lasts until */
    static String of(RunSummary summary, Instant now) {
        return Stream.of(
                        SummaryText.headline(summary, now),
                        SummaryText.steps(summary, now, false),
                        SummaryText.process(summary.process())
                                + SummaryText.counts(summary)
                                + SummaryText.approval(summary.approval())
                                + published(summary.publication())
                                + files(summary))
                .filter(block -> !block.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    static String json(RunSummary summary, Instant now) {
        return SummaryJson.text(SummaryJson.full(summary, now));
    }

    private static String published(@Nullable Publication publication) {
        return Optional.ofNullable(publication)
                .map(what -> what.tables().stream()
                        .map(table -> table.table() + " (" + table.mode() + ", "
                                + HumanFormat.count(table.rows(), "row") + ")")
                        .collect(Collectors.joining(", ")))
                .map(tables -> Lines.fact("Published", tables))
                .map(fact -> fact + SummaryText.takenBack(publication))
                .orElse("");
    }

    private static String files(RunSummary summary) {
        boolean ended = summary.end() != null;
        return (Counts.hasRejects(summary)
                        ? SummaryText.file("Rejects", summary.workspace().rejects())
                        : "")
                + (ended
                        ? SummaryText.file("Report", summary.workspace().textReport())
                        : SummaryText.file("Progress", summary.workspace().progress()));
    }
}
