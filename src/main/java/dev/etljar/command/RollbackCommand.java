package dev.etljar.command;

import dev.etljar.operate.Rollback;
import dev.etljar.operate.RollbackOutcome;
import dev.etljar.operate.RollbackRequest;
import dev.etljar.report.RunReport;
import dev.etljar.run.ExitCode;
import dev.etljar.run.PublishedLoad;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes back what an execution published. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Take back what an execution published, in one transaction; rows of others stay.",
        footer = {
            "",
            "Examples:",
            "  java -jar etl.jar rollback 42 --dry-run",
            "  java -jar etl.jar rollback 42",
            "  java -jar etl.jar rollback 42 --cascade"
        })
final class RollbackCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "ID",
            converter = ExecutionIdConverter.class,
            description = "The execution's ID; 'list' shows the IDs.")
    private long execution;

    @Option(
            names = "--cascade",
            description =
                    "Take back with it what was published into the same tables after it and cannot stay without it.")
    private boolean cascade;

    @Option(names = "--dry-run", description = "Print what would be taken back, and do nothing.")
    private boolean dryRun;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            RollbackOutcome outcome =
                    Rollback.with(application, etl.home()).run(new RollbackRequest(execution, cascade, dryRun));
            RunReport report = new RunReport(Clock.systemUTC());
            outcome.summaries().forEach(report::runEnded);
            print(outcome);
            return outcome.exitCode().code();
        }
    }

    private void print(RollbackOutcome outcome) {
        boolean well = outcome.exitCode() == ExitCode.COMPLETED;
        if (format == Format.JSON) {
            etl.out().println(json(outcome).toPrettyString());
        }
        if (format != Format.JSON || !well) {
            PrintWriter to = well ? etl.out() : etl.err();
            outcome.message().lines().forEach(line -> to.println((well ? "" : "etl: ") + capitalized(line)));
            to.flush();
        }
        etl.out().flush();
    }

    private static String capitalized(String line) {
        return line.isEmpty() ? line : Character.toUpperCase(line.charAt(0)) + line.substring(1);
    }

    private ObjectNode json(RollbackOutcome outcome) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("executionId", execution);
        node.put("exitCode", outcome.exitCode().code());
        node.put("dryRun", dryRun);
        node.put("message", capitalized(outcome.message()));
        ArrayNode loads = node.putArray("loads");
        for (PublishedLoad load : outcome.loads()) {
            loads.addObject()
                    .put("publication", load.id())
                    .put("job", load.job())
                    .put("instanceId", load.run().instance())
                    .put("table", load.table())
                    .put("mode", load.mode())
                    .put("rows", load.rows());
        }
        return node;
    }
}
