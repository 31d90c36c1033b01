package dev.etljar.selftest;

import dev.etljar.run.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application as a process of its own, whose state is read as a user would read it. */
final class Child {

    private static final Pattern STATE = Pattern.compile("\"state\"\\s*:\\s*\"([A-Z]+)\"");
    private static final long PATIENCE_MINUTES = 10;

    private final Home home;
    private final Process process;
    private final String executionBefore;
    private final long printedBefore;
    private final long started = System.nanoTime();

    private Child(Home home, Process process, String executionBefore, long printedBefore) {
        this.home = home;
        this.process = process;
        this.executionBefore = executionBefore;
        this.printedBefore = printedBefore;
    }

    static Child start(SelftestRequest request, Home home, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(request.command());
        command.addAll(arguments);
        String before = home.newestExecution();
        long printed = home.printed();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(request.folder().toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.log().toFile()))
                .redirectErrorStream(true);
        builder.environment().putAll(home.environment());
        return new Child(home, builder.start(), before, printed);
    }

    /** Waits for this process to reach the phase; false where it ended before. */
    boolean await(Phase phase) throws IOException, InterruptedException {
        while (phase().compareTo(phase) < 0) {
            if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Waits for this process to print these words; false where it ended before. */
    boolean await(String words) throws IOException, InterruptedException {
        while (!home.printedAfter(printedBefore).contains(words)) {
            if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Sends SIGKILL when the time is over; false where the process ended by itself before. */
    boolean killAfter(long microseconds) throws InterruptedException {
        if (endsWithin(microseconds)) {
            return false;
        }
        process.destroyForcibly();
        process.waitFor();
        return true;
    }

    /** Whether it ends by itself in this time. */
    boolean endsWithin(long microseconds) throws InterruptedException {
        return process.waitFor(microseconds, TimeUnit.MICROSECONDS);
    }

    /** The exit code, once it has ended by itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new StuckException("a process did not end in " + PATIENCE_MINUTES + " minutes");
        }
        return process.exitValue();
    }

    /** Since it was started. */
    long microseconds() {
        return (System.nanoTime() - started) / 1_000;
    }

    /** The phase that this process, not one before it, has told; INIT until it has told one. */
    Phase phase() throws IOException {
        String progress = home.progress().orElse("");
        Matcher state = STATE.matcher(progress);
        return !home.newestExecution().equals(executionBefore) && state.find()
                ? Phase.valueOf(state.group(1))
                : Phase.INIT;
    }
}
