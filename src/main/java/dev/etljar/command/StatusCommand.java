package dev.etljar.command;

import dev.etljar.report.StatusText;
import dev.etljar.repository.RunViews;
import dev.etljar.run.Problem;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows one execution. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show one execution: state, steps, counts, rate, where the files are; also while it runs.",
        footer = {"", "Examples:", "  java -jar etl.jar status 42", "  java -jar etl.jar status import --format=json"})
final class StatusCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID|NAME",
            completionCandidates = JobNames.class,
            description = "An execution's ID, or a job for its newest execution (default: the newest of all jobs).")
    private @Nullable String which;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            RunViews views = application.getBean(RunViews.class);
            Optional<RunSummary> summary = find(views);
            if (summary.isEmpty()) {
                return etl.tell(new RunOutcome.Wrong(List.of(Problem.wrong(nothing(views)))), format);
            }
            String text = format == Format.JSON ? StatusText.json(summary.get()) : StatusText.of(summary.get());
            etl.out().print(text);
            etl.out().flush();
            return 0;
        }
    }

    private Optional<RunSummary> find(RunViews views) {
        if (which != null && ExecutionIdConverter.isOne(which)) {
            return views.execution(Long.parseLong(which));
        }
        return views.newest(which, 1).stream().findFirst();
    }

    private String nothing(RunViews views) {
        if (which == null) {
            return "There is no execution yet";
        }
        if (ExecutionIdConverter.isOne(which)) {
            return "There is no execution " + which + ". 'list' shows those that there are";
        }
        return KnownJobs.in(etl.home(), views)
                .problem(which)
                .orElse("There is no execution of job '" + which + "' yet. 'run " + which + "' begins one");
    }
}
