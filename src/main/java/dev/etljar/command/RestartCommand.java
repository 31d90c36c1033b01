package dev.etljar.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Restarts an execution by its ID. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = "Restart the execution with this ID; 'list' shows the IDs.",
        footer = {"", "Examples:", "  java -jar etl.jar restart 42", "  java -jar etl.jar restart 42 --start-over"})
final class RestartCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "ID",
            converter = ExecutionIdConverter.class,
            description = "The execution's ID.")
    private long execution;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Override
    public Integer call() {
        return RunCommand.restart(etl, execution, options);
    }
}
