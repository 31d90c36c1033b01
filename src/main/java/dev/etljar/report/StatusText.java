package dev.etljar.report;

import dev.etljar.run.HumanFormat;
import dev.etljar.run.Progress;
import dev.etljar.run.Publication;
import dev.etljar.run.RunSummary;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
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
        return SummaryText.headline(summary, now)
                + "\n"
                + SummaryText.steps(summary, now, false)
                + "\n"
                + position(summary)
                + Counts.of(summary)
                        .map(counts -> Lines.fact("Counts", counts.text()))
                        .orElse("")
                + published(summary.publication())
                + files(summary);
    }

    static String json(RunSummary summary, Instant now) {
        return SummaryJson.text(SummaryJson.full(summary, now));
    }

    /** How far it is, where that is not said by the step's being complete. */
    private static String position(RunSummary summary) {
        @Nullable Progress progress = summary.progress();
        if (progress == null || progress.total() <= 0 || summary.staged() != null) {
            return "";
        }
        long percent = Math.min(99, (long) (100.0 * progress.position() / progress.total()));
        return Lines.fact(
                "Position",
                percent + " % (" + HumanFormat.bytes(Math.max(0, progress.position()), progress.total()) + ")");
    }

    private static String published(@Nullable Publication publication) {
        return Optional.ofNullable(publication)
                .map(what -> what.tables().stream()
                        .map(table -> table.table() + " (" + table.mode() + ", "
                                + HumanFormat.count(table.rows(), "row") + ")")
                        .collect(Collectors.joining(", ")))
                .map(tables -> Lines.fact("Published", tables))
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
