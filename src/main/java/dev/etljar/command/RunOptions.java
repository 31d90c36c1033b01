package dev.etljar.command;

import picocli.CommandLine.Option;

/** The options of every form that runs a job. */
final class RunOptions {

    @Option(
            names = "--force",
            description = "Load the input also where it is what was published last, or the run is complete.")
    private boolean force;

    @Option(names = "--start-over", description = "Give the progress of an incomplete run up and begin anew.")
    private boolean startOver;

    boolean force() {
        return force;
    }

    boolean startOver() {
        return startOver;
    }
}
