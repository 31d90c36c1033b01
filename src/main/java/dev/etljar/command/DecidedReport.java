package dev.etljar.command;

import dev.etljar.operate.OperatorAnswer;
import dev.etljar.report.RunReport;
import dev.etljar.repository.RunViews;
import dev.etljar.run.ExitCode;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Brings the report of a run that waits up to date, once a person has decided: it says who did, and why. */
final class DecidedReport {

    private DecidedReport() {}

    /** Not where a start has gone on with the run meanwhile: its report is that start's to write. */
    static void write(RunViews views, OperatorAnswer answer) {
        @Nullable Long execution = answer.executionId();
        if (answer.exitCode() == ExitCode.COMPLETED && execution != null) {
            views.execution(execution)
                    .flatMap(decided -> views.last(decided.instanceId()))
                    .filter(last -> last.executionId() == execution && last.end() != null)
                    .ifPresent(new RunReport(Clock.systemUTC())::runEnded);
        }
    }
}
