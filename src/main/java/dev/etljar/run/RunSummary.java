package dev.etljar.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is to be said of one execution, while it runs or after it.
 *
 * @param parameters the user's job parameters, by name
 * @param status Spring Batch's status of the execution, such as COMPLETED or FAILED
 * @param message why it ended as it did, or null
 * @param end null while it runs
 * @param phases the phases in their order
 * @param progress how far PROCESS is, or null before it began
 * @param staged what PROCESS handed over, or null
 * @param rejects reject counts, by reason
 * @param verdict what VALIDATE found, or null
 * @param publication what FINALIZE published, or null
 * @param approval what a person has decided, or is to decide, as it stands now; null where nothing was asked
 * @param process who works on it, as far as it was looked up; null once it ended
 */
public record RunSummary(
        String job,
        long executionId,
        long instanceId,
        Map<String, String> parameters,
        String status,
        @Nullable String message,
        Instant start,
        @Nullable Instant end,
        List<PhaseSummary> phases,
        @Nullable Progress progress,
        @Nullable StagedTables staged,
        Map<String, Long> rejects,
        @Nullable Verdict verdict,
        @Nullable Publication publication,
        @Nullable Approval approval,
        @Nullable RunProcess process,
        Workspace workspace) {

    public RunSummary {
        parameters = Map.copyOf(parameters);
        phases = List.copyOf(phases);
    }

    /** Whether its process has left it as running, and nobody works on it. */
    public boolean isLeft() {
        return process != null && process.isGone();
    }

    /** The same, of an execution that this process works on, or has left. */
    public RunSummary by(RunProcess known) {
        return new RunSummary(
                job,
                executionId,
                instanceId,
                parameters,
                status,
                message,
                start,
                end,
                phases,
                progress,
                staged,
                rejects,
                verdict,
                publication,
                approval,
                known,
                workspace);
    }
}
