package dev.etljar.command;

import dev.etljar.definition.DefinitionException;
import dev.etljar.job.DefinitionReader;
import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.progress.ProgressBar;
import dev.etljar.progress.ProgressFile;
import dev.etljar.progress.ProgressLog;
import dev.etljar.progress.RunListeners;
import dev.etljar.report.RunReport;
import dev.etljar.report.StatusText;
import dev.etljar.run.Problem;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StopSignal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs a job, or goes on with it. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a job, or go on with its last run if that is not complete.",
        footer = {
            "",
            "Examples:",
            "  java -jar etl.jar run import",
            "  java -jar etl.jar run import date=2026-11-23",
            "  java -jar etl.jar run import --max-duration=10m"
        })
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            completionCandidates = JobNames.class,
            description = "The job: config/jobs/NAME.yml.")
    private String job = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "name=value",
            description = "Job parameters; they tell one run of the job from another.")
    private final Map<String, String> parameters = new LinkedHashMap<>();

    @Mixin
    private final RunOptions options = new RunOptions();

    @Override
    public Integer call() {
        return run(etl, job, parameters, options);
    }

    static int run(EtlCommand etl, String job, Map<String, String> parameters, RunOptions options) {
        RunRequest request;
        try {
            request = new RunRequest(job, parameters, options.force(), options.startOver(), options.limits());
            // Also read by the launcher; here so that a wrong one is told at once, before there is a database.
            new DefinitionReader(etl.home()).read(job);
        } catch (DefinitionException e) {
            return etl.tell(
                    new RunOutcome.Wrong(e.errors().stream().map(Problem::wrong).toList()));
        } catch (IllegalArgumentException e) {
            return etl.tell(new RunOutcome.Wrong(List.of(Problem.wrong(String.valueOf(e.getMessage())))));
        }
        StopSignal stop = new StopSignal();
        return launch(etl, stop, (launcher, listener) -> launcher.run(request, listener, stop));
    }

    static int restart(EtlCommand etl, long execution, RunOptions options) {
        RunLimits limits;
        try {
            limits = options.limits();
        } catch (IllegalArgumentException e) {
            return etl.tell(new RunOutcome.Wrong(List.of(Problem.wrong(String.valueOf(e.getMessage())))));
        }
        if (options.force()) {
            return etl.tell(new RunOutcome.Wrong(List.of(Problem.wrong(
                    "--force begins a new run, and a restart goes on with an old one: give --force to 'run'"
                            + " with the job's name"))));
        }
        StopSignal stop = new StopSignal();
        return launch(
                etl,
                stop,
                (launcher, listener) -> launcher.restart(execution, options.startOver(), limits, listener, stop));
    }

    static int replay(EtlCommand etl, long execution, @Nullable Path file) {
        StopSignal stop = new StopSignal();
        return launch(etl, stop, (launcher, listener) -> launcher.replay(execution, file, listener, stop));
    }

    private static int launch(EtlCommand etl, StopSignal stop, BiFunction<Launcher, RunListener, RunOutcome> start) {
        return launch(
                etl,
                stop,
                outcome -> end(etl, outcome),
                (application, listener) -> start.apply(application.getBean(Launcher.class), listener));
    }

    private static int end(EtlCommand etl, RunOutcome outcome) {
        @Nullable RunSummary summary = outcome.summary();
        if (summary != null) {
            print(etl.out(), StatusText.of(summary));
        }
        return etl.tell(outcome);
    }

    /** Starts something that may run a job, with all that listens to a run; tells its end, and gives the exit code. */
    static int launch(
            EtlCommand etl,
            StopSignal stop,
            ToIntFunction<RunOutcome> end,
            BiFunction<ConfigurableApplicationContext, RunListener, RunOutcome> start) {
        Signals.stopOnRequest(stop);
        RunReport report = new RunReport(Clock.systemUTC());
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            RunListener listener = new RunListeners(List.of(new ProgressFile(Clock.systemUTC()), watcher(), report));
            return end.applyAsInt(start.apply(application, listener));
        }
    }

    /** A bar where somebody looks on, log lines elsewhere. */
    @SuppressWarnings("SystemConsoleNull") // main sets jdk.console: without a terminal it is null also from Java 22 on
    private static RunListener watcher() {
        return System.console() != null
                ? new ProgressBar(System.err, StandardCharsets.UTF_8, System.getenv(), Clock.systemUTC())
                : new ProgressLog(Clock.systemUTC());
    }

    private static void print(PrintWriter out, String text) {
        out.print(text);
        out.flush();
    }
}
