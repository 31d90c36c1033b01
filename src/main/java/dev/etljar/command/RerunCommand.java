package dev.etljar.command;

import dev.etljar.rerun.Rerun;
import dev.etljar.rerun.RerunRefusal;
import dev.etljar.rerun.RerunRequest;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs an execution again from one of its steps. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        description = {
            "Run a finished or failed execution again from one of its steps.",
            "What depends on the step is undone first, and its publication taken back; the same command goes on after a failure."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar etl.jar rerun 42 --from=PROCESS --dry-run",
            "  java -jar etl.jar rerun 42 --from=PROCESS"
        })
final class RerunCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "ID",
            converter = ExecutionIdConverter.class,
            description = "The last execution of its run; 'list' shows the IDs.")
    private long execution;

    @Option(
            names = "--from",
            paramLabel = "STEP",
            required = true,
            converter = PhaseConverter.class,
            completionCandidates = StepNames.class,
            description = "DOWNLOAD, EXTRACT, PROCESS, VALIDATE or FINALIZE.")
    private Phase from = Phase.PROCESS;

    @Option(names = "--dry-run", description = "Print what would be undone and run again, and do nothing.")
    private boolean dryRun;

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() {
        RerunOutput output = new RerunOutput(etl, execution, from, dryRun, format);
        RerunRequest request;
        try {
            request = new RerunRequest(execution, from, limits.limits());
        } catch (IllegalArgumentException e) {
            return output.end(new RunOutcome.Wrong(List.of(Problem.wrong(String.valueOf(e.getMessage())))));
        }
        if (dryRun) {
            return plan(request, output);
        }
        StopSignal stop = new StopSignal();
        return RunCommand.launch(
                etl,
                stop,
                output::end,
                (application, listener) -> with(application).run(request, output::plan, listener, stop));
    }

    private int plan(RerunRequest request, RerunOutput output) {
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            return output.end(with(application).plan(request));
        } catch (RerunRefusal e) {
            return output.end(e.outcome());
        }
    }

    private Rerun with(ConfigurableApplicationContext application) {
        return Rerun.with(application, etl.home());
    }
}
