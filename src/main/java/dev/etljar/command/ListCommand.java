package dev.etljar.command;

import dev.etljar.report.ListText;
import dev.etljar.repository.RunViews;
import dev.etljar.run.RunSummary;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists executions. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List executions, newest first.",
        footer = {
            "",
            "Examples:",
            "  java -jar etl.jar list --job=import --limit=5",
            "  java -jar etl.jar list --format=json"
        })
final class ListCommand implements Callable<Integer> {

    private static final int MAX_LIMIT = 10_000;

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Option(
            names = "--job",
            paramLabel = "NAME",
            completionCandidates = JobNames.class,
            description = "Only those of this job.")
    private @Nullable String job;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many (default: 20).")
    private int limit = 20;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null && (limit < 1 || limit > MAX_LIMIT)) {
            throw new ParameterException(spec.commandLine(), "--limit takes 1 to " + MAX_LIMIT + ", not " + limit);
        }
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            List<RunSummary> executions = application.getBean(RunViews.class).newest(job, limit);
            String text = format == Format.JSON ? ListText.json(executions) : ListText.of(executions);
            etl.out().print(text);
            etl.out().flush();
            return 0;
        }
    }
}
