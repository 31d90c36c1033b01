package dev.etljar.report;

import dev.etljar.run.Approval;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.run.Publication;
import dev.etljar.run.Publication.PublishedTable;
import dev.etljar.run.RuleResult;
import dev.etljar.run.RunProcess;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.Verdict;
import dev.etljar.run.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs in every state that a report tells of. */
final class Summaries {

    static final Instant START = Instant.parse("2026-11-23T03:00:00Z");
    static final Instant NOW = START.plusSeconds(72);

    private static final Workspace WORKSPACE = new Workspace(Path.of("data", "work", "import", "7"));

    private Summaries() {}

    static RunSummary completed() {
        Verdict verdict = new Verdict(
                staged(),
                List.of(
                        new RuleResult("row-count bird_strikes", 9_997, true, true, "at least 1 row: 9,997", List.of()),
                        new RuleResult(
                                "sql select count(*) from ${table:bird_strikes} where cost_total < 0",
                                2,
                                false,
                                false,
                                "expected 0, found 2",
                                List.of(row("airport", "DENVER INTL", "cost_total", "-12.00")))));
        Publication publication = new Publication(
                START.plusSeconds(71),
                List.of(
                        new PublishedTable("birdstrikes", "bird_strikes", "append", 9_997),
                        new PublishedTable("airports", "reference.airports", "replace", 1)));
        return new RunSummary(
                "import",
                42,
                7,
                Map.of("region", "eu", "date", "2026-11-23"),
                "COMPLETED",
                null,
                START,
                NOW,
                List.of(
                        phase(Phase.DOWNLOAD, PhaseStatus.COMPLETED, 0, 1.2),
                        phase(Phase.EXTRACT, PhaseStatus.COMPLETED, 2, 2.3),
                        phase(Phase.PROCESS, PhaseStatus.COMPLETED, 3, 65),
                        phase(Phase.VALIDATE, PhaseStatus.COMPLETED, 65, 70),
                        phase(Phase.FINALIZE, PhaseStatus.COMPLETED, 70, 71)),
                new Progress(Phase.PROCESS, 2_800_000, 2_800_000, 9_998, 3),
                staged(),
                Map.of("speed_knots: 'fast' is no integer", 1L, "airport is required", 2L),
                verdict,
                publication,
                null,
                null,
                WORKSPACE);
    }

    static RunSummary refused() {
        Verdict verdict = new Verdict(
                staged(),
                List.of(
                        new RuleResult("row-count bird_strikes", 9_997, true, true, "at least 1 row: 9,997", List.of()),
                        new RuleResult(
                                "not-null bird_strikes (airport, flight_date)",
                                5,
                                false,
                                true,
                                "expected no NULL in airport, flight_date; 5 rows have one",
                                List.of(
                                        row("airport", "NULL", "flight_date", "2026-01-01"),
                                        row("airport", "BOSTON", "flight_date", "NULL")))));
        return with(
                "FAILED",
                verdict.refusal().orElseThrow(),
                NOW,
                List.of(
                        phase(Phase.DOWNLOAD, PhaseStatus.COMPLETED, 0, 1.2),
                        phase(Phase.EXTRACT, PhaseStatus.COMPLETED, 2, 2.3),
                        phase(Phase.PROCESS, PhaseStatus.COMPLETED, 3, 65),
                        phase(Phase.VALIDATE, PhaseStatus.REFUSED, 65, 70),
                        PhaseSummary.pending(Phase.FINALIZE)),
                new Progress(Phase.PROCESS, 2_800_000, 2_800_000, 9_998, 3),
                staged(),
                verdict);
    }

    static RunSummary failed() {
        return with(
                "FAILED",
                "PROCESS: the database's disk is full after 1,204,000 of 2,800,000 bytes",
                NOW,
                List.of(
                        phase(Phase.DOWNLOAD, PhaseStatus.COMPLETED, 0, 1.2),
                        phase(Phase.EXTRACT, PhaseStatus.COMPLETED, 2, 2.3),
                        phase(Phase.PROCESS, PhaseStatus.FAILED, 3, 72),
                        PhaseSummary.pending(Phase.VALIDATE),
                        PhaseSummary.pending(Phase.FINALIZE)),
                new Progress(Phase.PROCESS, 1_204_000, 2_800_000, 4_300, 0),
                null,
                null);
    }

    static RunSummary running() {
        return with(
                "STARTED",
                null,
                null,
                List.of(
                        phase(Phase.DOWNLOAD, PhaseStatus.COMPLETED, 0, 1.2),
                        phase(Phase.EXTRACT, PhaseStatus.COMPLETED, 2, 2.3),
                        new PhaseSummary(Phase.PROCESS, PhaseStatus.RUNNING, START.plusSeconds(3), null),
                        PhaseSummary.pending(Phase.VALIDATE),
                        PhaseSummary.pending(Phase.FINALIZE)),
                new Progress(Phase.PROCESS, 1_204_000, 2_800_000, 4_300, 1),
                null,
                null);
    }

    /** It was killed before anything was known. */
    static RunSummary bare(String status) {
        return with(status, null, NOW, List.of(), null, null, null);
    }

    /** The text stands wherever text from outside may stand. */
    static RunSummary everywhere(String text) {
        StagedTables staged = new StagedTables(List.of(new StagedTable(text, text, text, List.of(), 3, 2, 1, 0)));
        return new RunSummary(
                text,
                44,
                9,
                Map.of(text, text),
                "FAILED",
                text,
                START,
                NOW,
                List.of(phase(Phase.PROCESS, PhaseStatus.FAILED, 3, 65)),
                null,
                staged,
                Map.of(text, 1L),
                new Verdict(staged, List.of(new RuleResult(text, 1, false, true, text, List.of(row(text, text))))),
                new Publication(NOW, List.of(new PublishedTable(text, text, text, 2))),
                new Approval(9, Phase.FINALIZE, 3, Approval.State.APPROVED, null, text, null, NOW),
                new RunProcess(text, false),
                WORKSPACE);
    }

    static RunSummary in(Path folder, RunSummary summary) {
        return new RunSummary(
                summary.job(),
                summary.executionId(),
                summary.instanceId(),
                summary.parameters(),
                summary.status(),
                summary.message(),
                summary.start(),
                summary.end(),
                summary.phases(),
                summary.progress(),
                summary.staged(),
                summary.rejects(),
                summary.verdict(),
                summary.publication(),
                summary.approval(),
                summary.process(),
                new Workspace(folder));
    }

    static RunSummary with(
            String status,
            @Nullable String message,
            @Nullable Instant end,
            List<PhaseSummary> phases,
            @Nullable Progress progress,
            @Nullable StagedTables staged,
            @Nullable Verdict verdict) {
        return new RunSummary(
                "import", 43, 8, Map.of(), status, message, START, end, phases, progress, staged, Map.of(), verdict,
                null, null, null, WORKSPACE);
    }

    static PhaseSummary phase(Phase phase, PhaseStatus status, double start, double end) {
        return new PhaseSummary(phase, status, at(start), at(end));
    }

    static Map<String, String> row(String... columnsAndValues) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            row.put(columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return row;
    }

    private static StagedTables staged() {
        return new StagedTables(List.of(
                new StagedTable("birdstrikes", "bird_strikes", "stage_7_birdstrikes", List.of(), 10_000, 9_997, 3, 12),
                new StagedTable("airports", "reference.airports", "stage_7_airports", List.of(), 1, 1, 0, 0)));
    }

    private static Instant at(double second) {
        return START.plusMillis((long) (second * 1000));
    }
}
