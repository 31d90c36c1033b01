package dev.etljar.lease;

import dev.etljar.run.TakenOverException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A job that this process runs, and no other. While it is open, a heartbeat extends it by the database's clock. A process
 * that was paused for longer than the lease's time may have been taken over: it never takes the lease up again, and
 * {@link #fence()} keeps it from writing. Thread-safe.
 */
public final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final String FENCE = "select locked_by from etl_lease where name = ? and locked_by = ? for update";
    private static final int HEARTBEATS = 3;

    private final String job;
    private final Owner self;
    private final JdbcTemplate jdbc;
    private final ScheduledExecutorService heartbeat =
            Executors.newSingleThreadScheduledExecutor(Lease::heartbeatThread);
    private @Nullable ScheduledFuture<?> beat;
    private SimpleLock lock;
    private boolean lost;

    Lease(String job, Owner self, JdbcTemplate jdbc, SimpleLock lock) {
        this.job = job;
        this.self = self;
        this.jdbc = jdbc;
        this.lock = lock;
    }

    /** Extends the lease each third of its time; tells once when it was lost. */
    void keepAlive(Duration time, Runnable whenLost) {
        long pause = Math.max(1, time.toMillis() / HEARTBEATS);
        beat = heartbeat.scheduleWithFixedDelay(() -> extend(time, whenLost), pause, pause, TimeUnit.MILLISECONDS);
    }

    private synchronized void extend(Duration time, Runnable whenLost) {
        if (lost) {
            return;
        }
        try {
            lock.extend(time, Duration.ZERO).ifPresentOrElse(extended -> lock = extended, () -> {
                lost = true;
                LOG.warn("The lease of job '{}' was lost: this process was paused for longer than {}", job, time);
                whenLost.run();
            });
        } catch (RuntimeException e) {
            LOG.debug("The lease could not be extended; the next heartbeat tries again", e);
        }
    }

    /** Whether it was lost to another process, or to time; the database is asked where no heartbeat has told. */
    public synchronized boolean isLost() {
        try {
            if (!lost) {
                fence();
            }
        } catch (TakenOverException e) {
            lost = true;
        } catch (DataAccessException e) {
            LOG.debug("Whether the lease was lost is not known; the next attempt finds out", e);
        }
        return lost;
    }

    /**
     * Keeps the lease's row as it is until the transaction ends that this is called in.
     *
     * @throws TakenOverException where another process has taken the job over
     */
    public void fence() {
        List<String> mine = jdbc.queryForList(FENCE, String.class, job, self.toString());
        if (mine.isEmpty()) {
            throw new TakenOverException(
                    "Job '" + job + "' was taken over by another process while this one was paused");
        }
    }

    /** Gives the lease up. Where the database does not answer, it ends with its time. */
    @Override
    public void close() {
        if (beat != null) {
            beat.cancel(false);
        }
        heartbeat.shutdown();
        synchronized (this) {
            try {
                if (!lost) {
                    lock.unlock();
                }
            } catch (RuntimeException e) {
                LOG.debug("The lease could not be given up; it ends with its time", e);
            }
        }
    }

    private static Thread heartbeatThread(Runnable work) {
        Thread thread = new Thread(work, "lease-heartbeat");
        thread.setDaemon(true);
        return thread;
    }
}
