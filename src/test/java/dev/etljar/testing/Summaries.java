package dev.etljar.testing;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.run.Publication;
import dev.etljar.run.Publication.PublishedTable;
import dev.etljar.run.RuleResult;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.Verdict;
import dev.etljar.run.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs that never were, to look at. */
public final class Summaries {

    public static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private Summaries() {}

    public static RunStart start(Path folder) {
        List<PhaseSummary> phases = new ArrayList<>();
        for (Phase phase : List.of(Phase.DOWNLOAD, Phase.EXTRACT, Phase.PROCESS, Phase.VALIDATE, Phase.FINALIZE)) {
            phases.add(PhaseSummary.pending(phase));
        }
        return new RunStart("import", 7, 3, false, new Workspace(folder), phases);
    }

    public static RunSummary completed(Path folder) {
        List<PhaseSummary> phases = new ArrayList<>();
        Instant at = START;
        for (Phase phase :
                List.of(Phase.INIT, Phase.DOWNLOAD, Phase.EXTRACT, Phase.PROCESS, Phase.VALIDATE, Phase.FINALIZE)) {
            phases.add(new PhaseSummary(phase, PhaseStatus.COMPLETED, at, at.plusSeconds(2)));
            at = at.plusSeconds(2);
        }
        StagedTables staged = new StagedTables(
                List.of(new StagedTable("strikes", "bird_strikes", "etl_stage_3_1", List.of(), 1_003, 1_000, 2, 1)));
        RuleResult passed = new RuleResult("unique bird_strikes (id)", 0, true, true, "0 rows share", List.of());
        RuleResult warned = new RuleResult(
                "range bird_strikes (speed)",
                1,
                false,
                false,
                "1 rows break the rule",
                List.of(Map.of("SPEED", "\u001b[31m9")));
        return new RunSummary(
                "import",
                7,
                3,
                Map.of("date", "2026-11-23"),
                "COMPLETED",
                null,
                START,
                at,
                phases,
                new Progress(Phase.PROCESS, 1_000, 1_000, 1_000, 2),
                staged,
                Map.of("speed: not an integer", 2L),
                new Verdict(staged, List.of(passed, warned)),
                new Publication(at, List.of(new PublishedTable("strikes", "bird_strikes", "append", 1_000))),
                new Workspace(folder));
    }

    public static RunSummary failed(Path folder) {
        RunSummary done = completed(folder);
        List<PhaseSummary> phases = List.of(
                new PhaseSummary(Phase.DOWNLOAD, PhaseStatus.FAILED, START, START.plusSeconds(5)),
                PhaseSummary.pending(Phase.EXTRACT));
        return new RunSummary(
                "import",
                8,
                4,
                Map.of(),
                "FAILED",
                "http://host/x answers 503\nfive times",
                START,
                START.plusSeconds(5),
                phases,
                null,
                null,
                Map.of(),
                null,
                null,
                done.workspace());
    }
}
