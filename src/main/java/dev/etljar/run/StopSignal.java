package dev.etljar.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The one way to stop a run: asked for once, seen at the next safe point. Thread-safe. */
public final class StopSignal {

    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    /** Asks for the stop; further calls do nothing. */
    public void request() {
        if (requested.compareAndSet(false, true)) {
            asked.countDown();
            actions.forEach(Runnable::run);
        }
    }

    /** Runs the action when the stop is asked for, or at once if it was already. */
    public void onRequest(Runnable action) {
        actions.add(action);
        if (requested.get()) {
            action.run();
        }
    }

    /**
     * Waits, but no longer than until the stop is asked for.
     *
     * @throws StoppedException when it is or was asked for
     */
    public void pause(Duration time) throws InterruptedException {
        if (asked.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new StoppedException();
        }
    }

    public boolean isRequested() {
        return requested.get();
    }

    /** @throws StoppedException when the stop was asked for */
    public void throwIfRequested() {
        if (requested.get()) {
            throw new StoppedException();
        }
    }
}
