package dev.etljar.command;

import dev.etljar.operate.Approving;
import dev.etljar.operate.OperatorAnswer;
import dev.etljar.repository.RunViews;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Rejects what a run waits with. */
@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        description = "Reject what a run has made, so that its next start ends as refused.",
        footer = {
            "",
            "Examples:",
            "  java -jar etl.jar reject 42 --comment=\"half of the rows are missing\"",
            "  java -jar etl.jar reject 42 --by=\"Ada Lovelace\" --comment=\"the wrong month\""
        })
final class RejectCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "ID",
            converter = ExecutionIdConverter.class,
            description = "The execution's ID, as the run said it.")
    private long execution;

    @Option(names = "--by", paramLabel = "WHO", description = "Who rejects (default: the user of this system).")
    private String by = System.getProperty("user.name");

    @Option(names = "--comment", paramLabel = "TEXT", required = true, description = "Why.")
    private String comment = "";

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws IOException {
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            OperatorAnswer answer = application.getBean(Approving.class).reject(execution, by, comment);
            DecidedReport.write(application.getBean(RunViews.class), answer);
            return etl.tell(answer, format);
        }
    }
}
