package dev.etljar.testing;

import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The application in a process of its own that has stored a chunk, and stores the second one when it has heard that it is to
 * stop, not before: however quick, it is not complete by then.
 */
public final class WaitingEtl {

    private WaitingEtl() {}

    /** Starts it in the home, to run the job {@code numbers}, which has chunks of this size. */
    public static EtlProcess start(EtlHome home, int chunk) {
        List<String> command = new ArrayList<>(EtlProcess.command(WaitingEtl.class));
        command.addAll(List.of(home.root().toString(), Integer.toString(chunk)));
        return EtlProcess.of(home, command);
    }

    public static void main(String[] arguments) {
        StopSignal stop = new StopSignal();
        CountDownLatch heard = new CountDownLatch(1);
        stop.onRequest(heard::countDown);
        RunOutcome outcome = InProcessEtl.run(
                Path.of(arguments[0]), "numbers", waiting(Integer.parseInt(arguments[1]), heard), stop);
        System.err.println(outcome.message());
        System.exit(outcome.exitCode().code());
    }

    /** What is told of a chunk is told in its transaction. */
    private static RunListener waiting(int chunk, CountDownLatch heard) {
        return new RunListener() {
            @Override
            public void progressed(Progress progress) {
                if (progress.phase() == Phase.PROCESS && progress.loaded() > chunk) {
                    await(heard);
                }
            }
        };
    }

    private static void await(CountDownLatch heard) {
        try {
            heard.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
