package dev.etljar.testing;

import dev.etljar.run.Phase;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The application in a process of its own that dies at an exact moment, as by {@code kill -9}: no hook runs, nothing is
 * flushed. The moment is an event that a {@link RunListener} hears, such as {@code "ended EXTRACT"}, or a commit of a data
 * source that has the {@link WatchedDriver}, counted among those of the transactions with a statement that begins so:
 * {@code "before commit 3 of update etl_checkpoint"}, {@code "after commit 1 of insert into etl_publication"}.
 */
public final class HaltingEtl {

    /** What {@code kill -9} leaves as exit code. */
    public static final int KILLED = 137;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String RERUN = "rerun";

    private static final Pattern COMMIT = Pattern.compile("(before|after) commit (\\d+) of (.+)");

    private HaltingEtl() {}

    /** Starts it in the home, to die at the event; gives its exit code. */
    public static int run(EtlHome home, String event) {
        return start(home, event, List.of());
    }

    /** Starts the replay of execution 1 in the home, to die at the event; gives its exit code. */
    public static int replay(EtlHome home, String event, String file) {
        return start(home, event, List.of(home.root().resolve(file).toString()));
    }

    /** Runs execution 1 in the home again from PROCESS, to die at the event; gives its exit code. */
    public static int rerun(EtlHome home, String event) {
        return start(home, event, List.of(RERUN));
    }

    private static int start(EtlHome home, String event, List<String> more) {
        List<String> command = new ArrayList<>(EtlProcess.command(HaltingEtl.class));
        command.addAll(List.of(home.root().toString(), event));
        command.addAll(more);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("alive after " + PATIENCE + ", without " + event);
            }
            return process.exitValue();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] arguments) {
        Matcher commit = COMMIT.matcher(arguments[1]);
        if (commit.matches()) {
            WatchedDriver.watch(new HaltAtCommit(
                    commit.group(1).equals("before"), Integer.parseInt(commit.group(2)), commit.group(3)));
        }
        Path home = Path.of(arguments[0]);
        RunOutcome outcome = outcome(home, halt(arguments[1]), arguments.length > 2 ? arguments[2] : "");
        System.err.println("alive after " + arguments[1] + ": " + outcome.exitCode() + " " + outcome.message());
    }

    private static RunOutcome outcome(Path home, RunListener listener, String more) {
        return switch (more) {
            case "" -> InProcessEtl.run(home, "numbers", listener, new StopSignal());
            case RERUN -> InProcessEtl.rerun(home, 1, Phase.PROCESS, listener);
            default -> InProcessEtl.replay(home, 1, Path.of(more), listener);
        };
    }

    private static final class HaltAtCommit implements WatchedDriver.Watch {

        private final boolean before;
        private final String statement;
        private int left;

        HaltAtCommit(boolean before, int number, String statement) {
            this.before = before;
            this.left = number;
            this.statement = statement;
        }

        @Override
        public void committing(List<String> statements) {
            if (statements.stream().anyMatch(each -> each.strip().startsWith(statement)) && --left == 0 && before) {
                Runtime.getRuntime().halt(KILLED);
            }
        }

        @Override
        public void committed(List<String> statements) {
            if (left == 0) {
                Runtime.getRuntime().halt(KILLED);
            }
        }
    }

    private static RunListener halt(String event) {
        return new Moments(happened -> {
            if (happened.equals(event)) {
                Runtime.getRuntime().halt(KILLED);
            }
        });
    }
}
