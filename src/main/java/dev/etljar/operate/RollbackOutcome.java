package dev.etljar.operate;

import dev.etljar.run.ExitCode;
import dev.etljar.run.PublishedLoad;
import dev.etljar.run.RunSummary;
import java.util.List;

/**
 * How a rollback ended.
 *
 * @param message for a person; one or more lines
 * @param loads what was taken back, or would be, newest first
 * @param summaries the runs that it changed, as they are now
 */
public record RollbackOutcome(
        ExitCode exitCode, String message, List<PublishedLoad> loads, List<RunSummary> summaries) {

    public RollbackOutcome {
        loads = List.copyOf(loads);
        summaries = List.copyOf(summaries);
    }

    static RollbackOutcome of(ExitCode exitCode, String message) {
        return new RollbackOutcome(exitCode, message, List.of(), List.of());
    }
}
