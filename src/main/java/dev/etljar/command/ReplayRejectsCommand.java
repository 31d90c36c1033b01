package dev.etljar.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Loads the rejects of a run. */
@Command(
        name = "replay-rejects",
        mixinStandardHelpOptions = true,
        description = {
            "Load the rejects of an execution, in a run of its own that validates and publishes.",
            "A record that was loaded is not loaded again; run it again after a failure."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar etl.jar replay-rejects 42 --file=fixed.csv",
            "  java -jar etl.jar replay-rejects 42"
        })
final class ReplayRejectsCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "ID",
            converter = ExecutionIdConverter.class,
            description = "The execution's ID.")
    private long execution;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "Its rejects.csv with corrected records in the column 'raw'; a line that is deleted is given up"
                            + " (default: the rejects as they are, such as after a rule was relaxed).")
    private @Nullable Path file;

    @Override
    public Integer call() {
        return RunCommand.replay(etl, execution, file);
    }
}
