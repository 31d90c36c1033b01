package dev.etljar.progress;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import dev.etljar.run.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests' runs begin and end with. */
final class Runs {

    private static final Instant EARLIER = Instant.parse("2026-11-23T02:00:00Z");

    private Runs() {}

    static RunStart first(Path folder) {
        return new RunStart("import", 42, 7, false, new Workspace(folder), List.of());
    }

    /** An earlier execution was killed in PROCESS. */
    static RunStart restarted(Path folder) {
        return new RunStart(
                "import",
                43,
                7,
                true,
                new Workspace(folder),
                List.of(
                        completed(Phase.DOWNLOAD),
                        completed(Phase.EXTRACT),
                        new PhaseSummary(Phase.PROCESS, PhaseStatus.FAILED, EARLIER, EARLIER.plusSeconds(60))));
    }

    static RunSummary ended(RunStart start, String status, @Nullable String message) {
        return new RunSummary(
                start.job(),
                start.executionId(),
                start.instanceId(),
                Map.of(),
                status,
                message,
                EARLIER,
                EARLIER,
                List.of(),
                null,
                null,
                Map.of(),
                null,
                null,
                null,
                null,
                start.workspace());
    }

    static Progress process(long position, long total, long loaded, long rejected) {
        return new Progress(Phase.PROCESS, position, total, loaded, rejected);
    }

    private static PhaseSummary completed(Phase phase) {
        return new PhaseSummary(phase, PhaseStatus.COMPLETED, EARLIER, EARLIER.plusSeconds(5));
    }
}
