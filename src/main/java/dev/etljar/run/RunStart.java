package dev.etljar.run;

import java.util.List;

/**
 * A run begins, or goes on.
 *
 * @param restarted whether it continues an earlier execution of the same job instance
 * @param phases every phase as it stands now: what an earlier execution completed is COMPLETED
 */
public record RunStart(
        String job,
        long executionId,
        long instanceId,
        boolean restarted,
        Workspace workspace,
        List<PhaseSummary> phases) {

    public RunStart {
        phases = List.copyOf(phases);
    }
}
