package dev.etljar.testing;

import dev.etljar.progress.ProgressFile;
import dev.etljar.progress.RunListeners;
import dev.etljar.report.RunReport;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The application in a process of its own that sends itself SIGSTOP at an exact moment, as a machine that is suspended. The
 * moment is an event that a {@link RunListener} hears, such as {@code "started FINALIZE"}.
 */
public final class PausingEtl {

    private PausingEtl() {}

    /** Starts it in the home, to run the job {@code numbers} and be paused at the event. */
    public static EtlProcess start(EtlHome home, String event) {
        List<String> command = new ArrayList<>(EtlProcess.command(PausingEtl.class));
        command.addAll(List.of(home.root().toString(), event));
        return EtlProcess.of(home, command);
    }

    public static void main(String[] arguments) {
        RunOutcome outcome =
                InProcessEtl.run(Path.of(arguments[0]), "numbers", listener(arguments[1]), new StopSignal());
        System.err.println(outcome.message());
        System.exit(outcome.exitCode().code());
    }

    private static RunListener listener(String event) {
        Clock clock = Clock.systemUTC();
        return new RunListeners(List.of(new ProgressFile(clock), new RunReport(clock), pause(event)));
    }

    /** At the first such moment alone. */
    private static RunListener pause(String event) {
        AtomicBoolean paused = new AtomicBoolean();
        return new Moments(happened -> {
            if (happened.equals(event) && paused.compareAndSet(false, true)) {
                pause();
            }
        });
    }

    private static void pause() {
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-STOP", self).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
