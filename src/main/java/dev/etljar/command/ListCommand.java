package dev.etljar.command;

import dev.etljar.report.ListText;
import dev.etljar.repository.RunViews;
import dev.etljar.run.Problem;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import dev.etljar.text.HumanFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
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
            RunViews views = application.getBean(RunViews.class);
            List<RunSummary> executions = views.newest(job, limit);
            Optional<String> unknown = job == null || !executions.isEmpty()
                    ? Optional.empty()
                    : KnownJobs.in(etl.home(), views).problem(job);
            if (unknown.isPresent()) {
                return etl.tell(new RunOutcome.Wrong(List.of(Problem.wrong(unknown.get()))), format);
            }
            print(executions, views.count(job));
            return 0;
        }
    }

    /** JSON stays one document. */
    private void print(List<RunSummary> executions, long all) {
        etl.out().print(format == Format.JSON ? ListText.json(executions) : ListText.of(executions));
        long more = all - executions.size();
        if (more > 0) {
            PrintWriter to = format == Format.JSON ? etl.err() : etl.out();
            to.println(HumanFormat.count(more) + " older " + (more == 1 ? "execution is" : "executions are")
                    + " not shown; --limit=" + Math.min(all, MAX_LIMIT)
                    + (all > MAX_LIMIT ? " shows the most" : " shows all"));
            to.flush();
        }
        etl.out().flush();
    }
}
