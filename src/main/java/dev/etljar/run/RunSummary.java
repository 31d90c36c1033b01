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
        Workspace workspace) {

    public RunSummary {
        parameters = Map.copyOf(parameters);
        phases = List.copyOf(phases);
    }
}
