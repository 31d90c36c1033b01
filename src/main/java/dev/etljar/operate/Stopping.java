package dev.etljar.operate;

import dev.etljar.database.Target;
import dev.etljar.lease.Leases;
import dev.etljar.run.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Stops a run from outside of its process, on whichever machine that is:
 *
 * <ol>
 *   <li>STOPPING is written on the run's execution. The run looks for it each second, and at its next chunk where Spring Batch does.
 *   <li>The run ends as it does at SIGTERM, writes how, and gives the job's lease up.
 *   <li>The lease being free is the sign for which this process waits: then a start would not find the job running.
 * </ol>
 *
 * <p>A run that begins another attempt meanwhile is asked again. Where nobody has the lease there is nothing to stop.
 */
public final class Stopping {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Target repository;
    private final Leases leases;
    private final ExecutionRows rows;

    Stopping(Target repository, Leases leases) {
        this.repository = repository;
        this.leases = leases;
        this.rows = new ExecutionRows(repository);
    }

    /**
     * Stops the run that this execution belongs to.
     *
     * @param timeout how long to wait for the run's end
     * @param progress hears what is waited for
     */
    public OperatorAnswer stop(long executionId, Duration timeout, Consumer<String> progress) throws IOException {
        Optional<ExecutionRow> named = rows.find(executionId);
        return named.isEmpty()
                ? OperatorAnswer.wrong("There is no execution " + executionId + ". 'list' shows those that there are")
                : new Attempt(named.get().job(), named, timeout, progress).make();
    }

    /** Stops what runs of the job. */
    public OperatorAnswer stop(String job, Duration timeout, Consumer<String> progress) throws IOException {
        return new Attempt(job, Optional.empty(), timeout, progress).make();
    }

    private final class Attempt {

        private final String job;
        private final Optional<ExecutionRow> named;
        private final Duration timeout;
        private final Consumer<String> progress;
        private final long start = System.nanoTime();
        private Optional<ExecutionRow> asked = Optional.empty();

        Attempt(String job, Optional<ExecutionRow> named, Duration timeout, Consumer<String> progress) {
            this.job = job;
            this.named = named;
            this.timeout = timeout;
            this.progress = progress;
        }

        /** An embedded database goes away with the process that had it open, and is there again when asked anew. */
        OperatorAnswer make() throws IOException {
            while (true) {
                try {
                    return made();
                } catch (DataAccessException e) {
                    if (System.nanoTime() - start > timeout.toNanos()
                            || !repository.database().embedded()) {
                        throw e;
                    }
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }

        private OperatorAnswer made() throws IOException {
            while (isRunning()) {
                Optional<ExecutionRow> running = rows.newestOfJob(job).filter(ExecutionRow::isUnfinished);
                if (running.isPresent() && !isMeant(running.get())) {
                    return ended();
                }
                if (running.isPresent()) {
                    ask(running.get());
                }
                if (System.nanoTime() - start > timeout.toNanos()) {
                    return late(running);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return ended();
        }

        private boolean isRunning() {
            return rows.newestOfJob(job).isPresent() && leases.holder(job).isPresent();
        }

        private boolean isMeant(ExecutionRow running) {
            return named.isEmpty() || named.get().instance() == running.instance();
        }

        private void ask(ExecutionRow running) throws IOException {
            if (asked.isEmpty()) {
                rows.prepareToWrite();
                repository.hurry();
            }
            try {
                if (running.isStopping() || rows.requestStop(running)) {
                    if (asked.isEmpty() || asked.get().id() != running.id()) {
                        progress.accept("The stop of " + running
                                + " is asked for; it ends its chunk, or the statement at hand");
                    }
                    asked = Optional.of(running);
                }
            } catch (DataAccessException | TransactionException e) {
                progress.accept("The database is busy, the stop of " + running + " is not written yet");
            }
        }

        private OperatorAnswer ended() {
            Optional<ExecutionRow> last =
                    asked.or(() -> named).map(rows::newestOfRun).or(() -> rows.newestOfJob(job));
            if (last.isEmpty()) {
                return OperatorAnswer.wrong(
                        "There is no execution of a job '" + job + "'. 'list' shows those that there are");
            }
            ExecutionRow row = last.get();
            String sentence;
            if (row.isUnfinished()) {
                sentence = "Nothing runs: " + row + " was left " + row.status()
                        + " by a process that is gone. The next start goes on with it";
            } else if (asked.isEmpty()) {
                sentence = "Nothing runs: " + row + " is " + row.status() + ", nothing was stopped";
            } else if (row.isComplete()) {
                sentence = "It was complete before it could stop: " + row;
            } else {
                sentence = "Stopped: " + row + " is " + row.status() + ", the next start goes on with it";
            }
            return OperatorAnswer.of(ExitCode.COMPLETED, row, sentence);
        }

        private OperatorAnswer late(Optional<ExecutionRow> running) {
            String waited = " after " + timeout.toSeconds() + " s. ";
            return running.isEmpty()
                    ? new OperatorAnswer(
                            ExitCode.FAILED,
                            null,
                            null,
                            "Job '" + job + "' has begun no execution that could be stopped" + waited + "Run it again")
                    : OperatorAnswer.of(
                            ExitCode.FAILED,
                            running.get(),
                            (asked.isEmpty() ? "The stop could not be written" : "It has not stopped") + waited
                                    + "Execution " + running.get().id() + " stops at the end of a chunk where it was"
                                    + " asked; run 'stop' again to wait for it");
        }
    }
}
