package dev.etljar.report;

import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunSummary;
import dev.etljar.run.WholeFile;
import dev.etljar.run.Workspace;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the workspace's report.txt and report.json at the run's end, however it ended; each appears whole or not at all. */
public final class RunReport implements RunListener {

    private static final Logger log = LoggerFactory.getLogger(RunReport.class);

    private final Clock clock;

    /** @param clock says how long a run lasts that has no end yet */
    public RunReport(Clock clock) {
        this.clock = clock;
    }

    /** A report that cannot be written is a warning: the run's outcome stands. */
    @Override
    public void runEnded(RunSummary summary) {
        try {
            write(summary);
        } catch (RunFailedException e) {
            log.warn(e.getMessage());
        }
    }

    /** @throws RunFailedException when one of the two files could not be written */
    public void write(RunSummary summary) {
        Instant now = clock.instant();
        Workspace workspace = summary.workspace();
        try {
            WholeFile.write(workspace.textReport(), ReportText.of(summary, now));
            WholeFile.write(workspace.jsonReport(), SummaryJson.text(SummaryJson.full(summary, now)));
        } catch (IOException e) {
            throw new RunFailedException(
                    "Cannot write the report of execution " + summary.executionId() + " to " + workspace.root() + ": "
                            + PlainWords.reason(e) + ". Make room or give access; the same is shown by: status "
                            + summary.executionId(),
                    e);
        }
    }
}
