package dev.etljar.command;

import dev.etljar.operate.Approving;
import dev.etljar.operate.OperatorAnswer;
import dev.etljar.repository.RunViews;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Approves what a run waits with. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Approve what a run has made, so that its next start goes on.",
        footer = {
            "",
            "Examples:",
            "  java -jar etl.jar approve 42",
            "  java -jar etl.jar approve 42 --comment=\"counts are right\""
        })
final class ApproveCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "ID",
            converter = ExecutionIdConverter.class,
            description = "The execution's ID, as the run said it.")
    private long execution;

    @Option(names = "--by", paramLabel = "WHO", description = "Who approves (default: the user of this system).")
    private String by = System.getProperty("user.name");

    @Option(names = "--comment", paramLabel = "TEXT", description = "What is to be said of it.")
    private @Nullable String comment;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws IOException {
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            OperatorAnswer answer = application.getBean(Approving.class).approve(execution, by, comment);
            DecidedReport.write(application.getBean(RunViews.class), answer);
            return etl.tell(answer, format);
        }
    }
}
