package dev.etljar.testing;

import dev.etljar.operate.Rollback;
import dev.etljar.operate.RollbackOutcome;
import dev.etljar.operate.RollbackRequest;
import dev.etljar.progress.ProgressFile;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Phase;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as the crash suite starts it, with something that watches its connections, and may do what is wrong. */
final class PlayedEtl {

    private static final Path HERE = Path.of(".");
    private static final RunListener LISTENER = new ProgressFile(Clock.systemUTC());

    private PlayedEtl() {}

    /** What the arguments say: {@code --job.name=JOB}, {@code rollback ID} or {@code rerun ID --from=STEP}. */
    static void main(String[] arguments, WatchedDriver.Watch watch) {
        System.setProperty("spring.datasource.driver-class-name", WatchedDriver.class.getName());
        WatchedDriver.watch(watch);
        ExitCode code = switch (arguments[0]) {
            case "rollback" -> rollBack(Long.parseLong(arguments[1]));
            case "rerun" ->
                told(InProcessEtl.rerun(
                        HERE,
                        Long.parseLong(arguments[1]),
                        Phase.valueOf(arguments[2].replace("--from=", "")),
                        LISTENER));
            default ->
                told(InProcessEtl.run(HERE, arguments[0].replace("--job.name=", ""), LISTENER, new StopSignal()));
        };
        System.exit(code.code());
    }

    private static ExitCode rollBack(long execution) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(HERE)) {
            RollbackOutcome outcome =
                    Rollback.with(application, HERE).run(new RollbackRequest(execution, false, false));
            System.err.println(outcome.message());
            return outcome.exitCode();
        }
    }

    private static ExitCode told(RunOutcome outcome) {
        System.err.println(outcome.message());
        return outcome.exitCode();
    }
}
