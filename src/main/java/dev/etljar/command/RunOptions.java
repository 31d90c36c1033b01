package dev.etljar.command;

import dev.etljar.run.RunLimits;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every form that runs a job. */
final class RunOptions {

    @Option(
            names = "--force",
            description = "Load the input also where it is what was published last, or the run is complete.")
    private boolean force;

    @Option(names = "--start-over", description = "Give the progress of an incomplete run up and begin anew.")
    private boolean startOver;

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    /** @throws IllegalArgumentException where one of them leaves nothing to be done */
    RunLimits limits() {
        return limits.limits();
    }

    boolean force() {
        return force;
    }

    boolean startOver() {
        return startOver;
    }
}
