package dev.etljar.testing;

import dev.etljar.finalize.TakeBack;
import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.operate.Rollback;
import dev.etljar.operate.RollbackOutcome;
import dev.etljar.operate.RollbackRequest;
import dev.etljar.progress.ProgressFile;
import dev.etljar.run.ExitCode;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application with a fault that it must not have: that a publication is taken back is committed before its rows go. Whoever
 * looks for rows that stay must find some when a {@code rollback} of this is killed and given again.
 */
public final class BrokenRollback {

    /** So long that a kill at any moment often falls in between. */
    private static final Duration BETWEEN = Duration.ofMillis(700);

    private BrokenRollback() {}

    /** What starts it. */
    public static List<String> command() {
        return EtlProcess.command(BrokenRollback.class);
    }

    public static void main(String[] arguments) {
        System.setProperty("spring.datasource.driver-class-name", WatchedDriver.class.getName());
        WatchedDriver.watch(new MarkFirst());
        ExitCode code;
        try (ConfigurableApplicationContext application = InProcessEtl.open(Path.of("."))) {
            code = arguments[0].equals("rollback")
                    ? rollBack(application, Long.parseLong(arguments[1]))
                    : run(application, arguments[0].replace("--job.name=", ""));
        }
        System.exit(code.code());
    }

    private static ExitCode rollBack(ConfigurableApplicationContext application, long execution) {
        RollbackOutcome outcome =
                Rollback.with(application, Path.of(".")).run(new RollbackRequest(execution, false, false));
        System.err.println(outcome.message());
        return outcome.exitCode();
    }

    private static ExitCode run(ConfigurableApplicationContext application, String job) {
        RunOutcome outcome = application
                .getBean(Launcher.class)
                .run(
                        new RunRequest(job, Map.of(), false, false),
                        new ProgressFile(Clock.systemUTC()),
                        new StopSignal());
        System.err.println(outcome.message());
        return outcome.exitCode();
    }

    private static final class MarkFirst implements WatchedDriver.Watch {

        @Override
        public void executing(String sql, Connection connection) throws SQLException {
            boolean takesBack = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(TakeBack.class.getName())));
            if (takesBack && sql.startsWith("delete from") && !connection.getAutoCommit()) {
                connection.commit();
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }
}
