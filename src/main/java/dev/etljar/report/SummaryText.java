package dev.etljar.report;

import dev.etljar.report.TextTable.Column;
import dev.etljar.run.Approval;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.run.Publication;
import dev.etljar.run.RunProcess;
import dev.etljar.run.RunSummary;
import dev.etljar.text.HumanFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the report and the status say alike. */
final class SummaryText {

    private static final int LONGEST_NAME = 40;

    private SummaryText() {}

    /** The outcome first, then why, then what to do. */
    static String headline(RunSummary summary, Instant now) {
        Outcome outcome = Outcome.of(summary);
        String where = Outcome.openPhase(summary)
                .map(phase -> " in " + phase.phase().name())
                .orElse("");
        StringBuilder text = new StringBuilder();
        text.append(outcome.word()).append(where).append(": ");
        text.append(HumanFormat.oneLine(summary.job(), LONGEST_NAME));
        text.append(", execution ").append(summary.executionId());
        String lasted = HumanFormat.duration(duration(summary, now));
        text.append(
                summary.isLeft()
                        ? ", begun " + lasted + " ago"
                        : (summary.end() == null ? ", for " : ", after ") + lasted);
        text.append('\n');
        @Nullable String why = Outcome.why(summary);
        if (why != null && !why.isBlank()) {
            text.append(Lines.wrapped("  ", "  ", why));
        }
        if (!outcome.next().isEmpty()) {
            text.append(Lines.wrapped("  ", "  ", outcome.next()));
        }
        return text.toString();
    }

    /** Who approved or rejected what, when and why; nothing where nobody did. */
    static String approval(@Nullable Approval approval) {
        return approval == null || !approval.isDecided()
                ? ""
                : Lines.fact("Approval", time(approval.decidedAt()) + ", " + approval.told());
    }

    /** Who works on it; nothing where nobody does, or it is not known. */
    static String process(@Nullable RunProcess process) {
        return process == null || process.isGone() || process.name() == null
                ? ""
                : Lines.fact("Process", process.name());
    }

    /** When it was taken back; nothing where it was not. */
    static String takenBack(@Nullable Publication publication) {
        return publication == null || !publication.wasTakenBack()
                ? ""
                : Lines.fact("Taken back", time(publication.takenBackAt()));
    }

    /** Up to now while it runs. */
    static Duration duration(RunSummary summary, Instant now) {
        return Duration.between(summary.start(), summary.end() == null ? now : summary.end());
    }

    /** How far PROCESS is, where it is not through, and the sums; nothing before it began. */
    static String counts(RunSummary summary) {
        String position = "";
        Progress progress = summary.progress();
        OptionalInt percent = percent(summary);
        if (progress != null && summary.staged() == null && percent.isPresent()) {
            String bytes = HumanFormat.bytes(Math.max(0, progress.position()), progress.total());
            position = Lines.fact("Position", percent.getAsInt() + " % (" + bytes + ")");
        }
        return position
                + Counts.of(summary)
                        .map(counts -> Lines.fact("Counts", counts.text()))
                        .orElse("");
    }

    /** Of PROCESS, by bytes; 100 only when it handed over; empty where nobody knows. */
    static OptionalInt percent(RunSummary summary) {
        if (summary.staged() != null) {
            return OptionalInt.of(100);
        }
        Progress progress = summary.progress();
        if (progress == null || progress.total() <= 0) {
            return OptionalInt.empty();
        }
        double percent = 100.0 * Math.max(0, progress.position()) / progress.total();
        return OptionalInt.of((int) Math.min(99, percent));
    }

    /** With the times, or with the durations only; nothing where no step is known. */
    static String steps(RunSummary summary, Instant now, boolean times) {
        if (summary.phases().isEmpty()) {
            return "";
        }
        TextTable table = times
                ? new TextTable(
                        Lines.WIDTH,
                        Column.text("Step", 10),
                        Column.text("Status", 10),
                        Column.text("Start", 30),
                        Column.text("End", 30),
                        Column.number("Duration"))
                : new TextTable(
                        Lines.WIDTH, Column.text("Step", 10), Column.text("Status", 10), Column.number("Duration"));
        for (PhaseSummary phase : summary.phases()) {
            String name = phase.phase().name();
            String status = phase.status().name();
            boolean known = phase.start() != null && (phase.end() != null || !summary.isLeft());
            String duration = known ? HumanFormat.duration(phase.duration(now)) : "-";
            if (times) {
                table.row(name, status, time(phase.start()), time(phase.end()), duration);
            } else {
                table.row(name, status, duration);
            }
        }
        return table.text();
    }

    static String time(@Nullable Instant instant) {
        return instant == null ? "-" : HumanFormat.time(instant);
    }

    /** A path is never cut or wrapped, so that it can be copied. */
    static String file(String label, Path path) {
        return String.format("%-12s", label) + HumanFormat.oneLine(path.toString(), Integer.MAX_VALUE) + "\n";
    }
}
