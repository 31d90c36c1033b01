package dev.etljar.command;

import dev.etljar.operate.OperatorAnswer;
import dev.etljar.operate.Stopping;
import dev.etljar.repository.RunViews;
import dev.etljar.run.Problem;
import dev.etljar.run.RunOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Stops a run, on whichever machine it is. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stop a run at the end of its chunk, on whichever machine it is, and wait until it has stopped.",
        footer = {
            "",
            "Exit code 0: nothing runs any more; 1: it has not stopped in time; 2: there is no such execution.",
            "",
            "Examples:",
            "  java -jar etl.jar stop import",
            "  java -jar etl.jar stop 42 --timeout=5m"
        })
final class StopCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "ID|NAME",
            completionCandidates = JobNames.class,
            description = "An execution's ID, or a job for what runs of it.")
    private String which = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long to wait until it has stopped, such as 5m (default: 60s).")
    private Duration timeout = Duration.ofMinutes(1);

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws IOException {
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            RunViews views = application.getBean(RunViews.class);
            Optional<String> unknown = ExecutionIdConverter.isOne(which)
                    ? Optional.empty()
                    : KnownJobs.in(etl.home(), views).problem(which);
            if (unknown.isPresent()) {
                return etl.tell(new RunOutcome.Wrong(List.of(Problem.wrong(unknown.get()))), format);
            }
            Stopping stopping = application.getBean(Stopping.class);
            Consumer<String> progress = line -> {
                etl.err().println("etl: " + line);
                etl.err().flush();
            };
            OperatorAnswer answer = ExecutionIdConverter.isOne(which)
                    ? stopping.stop(Long.parseLong(which), timeout, progress)
                    : stopping.stop(which, timeout, progress);
            return etl.tell(answer, format);
        }
    }
}
