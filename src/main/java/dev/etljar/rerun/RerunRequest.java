package dev.etljar.rerun;

import dev.etljar.run.Phase;
import dev.etljar.run.RunLimits;

/**
 * What is to be run again.
 *
 * @param executionId the last execution of its run
 * @param from the step
 * @param limits how much the start may do
 */
public record RerunRequest(long executionId, Phase from, RunLimits limits) {

    public RerunRequest {
        if (!from.isStep()) {
            throw new IllegalArgumentException(from + " is no step");
        }
    }
}
