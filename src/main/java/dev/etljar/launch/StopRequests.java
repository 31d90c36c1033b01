package dev.etljar.launch;

import dev.etljar.database.Target;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunStart;
import dev.etljar.run.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Looks each second whether another process has set the execution that was started last to STOPPING, and asks this one to stop
 * then. Where a chunk is stored in one statement, nothing else looks: Spring Batch does at the other chunks and at the steps'
 * ends, but neither in statements that run for long nor for further attempts. It only reads, on a connection that waits for no
 * writer.
 */
final class StopRequests extends ForwardingListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StopRequests.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String SELECT = "select status from BATCH_JOB_EXECUTION where job_execution_id = ?";

    private final JdbcTemplate jdbc;
    private final StopSignal stop;
    private final AtomicLong execution = new AtomicLong();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(StopRequests::thread);
    private final ScheduledFuture<?> looks;

    /** @param listener what it hears is passed on to */
    StopRequests(Target repository, StopSignal stop, RunListener listener) {
        this(repository, stop, listener, PAUSE);
    }

    StopRequests(Target repository, StopSignal stop, RunListener listener, Duration pause) {
        super(listener);
        this.jdbc = new JdbcTemplate(repository.looking());
        this.stop = stop;
        this.looks =
                looking.scheduleWithFixedDelay(this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void runStarted(RunStart start) {
        execution.set(start.executionId());
        super.runStarted(start);
    }

    /** Whatever a look ends with, the next one is made: an executor forgets a task that throws. */
    @SuppressWarnings("IllegalCatch")
    private void look() {
        if (execution.get() == 0 || stop.isRequested()) {
            return;
        }
        try {
            List<String> status = jdbc.queryForList(SELECT, String.class, execution.get());
            if (status.contains("STOPPING")) {
                LOG.info("Execution {} was asked to stop by another process", execution.get());
                stop.request();
            }
        } catch (RuntimeException | Error e) {
            LOG.debug("Whether a stop was asked for is not known; the next look finds out", e);
        }
    }

    @Override
    public void close() {
        looks.cancel(false);
        looking.shutdown();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "stop-requests");
        thread.setDaemon(true);
        return thread;
    }
}
