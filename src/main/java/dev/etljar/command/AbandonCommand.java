package dev.etljar.command;

import dev.etljar.definition.DefinitionException;
import dev.etljar.operate.Abandoning;
import dev.etljar.run.Problem;
import dev.etljar.run.RunOutcome;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Gives a run up for good. */
@Command(
        name = "abandon",
        mixinStandardHelpOptions = true,
        description =
                "Give a run up: it is never restarted, what it staged is removed, the next start begins a new one.",
        footer = {"", "Examples:", "  java -jar etl.jar abandon 42", "  java -jar etl.jar abandon 42 --format=json"})
final class AbandonCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "ID",
            converter = ExecutionIdConverter.class,
            description = "The execution's ID; 'list' shows the IDs.")
    private long execution;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws IOException {
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            return etl.tell(application.getBean(Abandoning.class).abandon(execution), format);
        } catch (DefinitionException e) {
            return etl.tell(
                    new RunOutcome.Wrong(e.errors().stream().map(Problem::wrong).toList()), format);
        }
    }
}
