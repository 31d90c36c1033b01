package dev.etljar.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** The one way to stop a run: asked for once, seen at the next safe point. Thread-safe. */
public final class StopSignal {

    private final AtomicBoolean requested = new AtomicBoolean();
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    /** Asks for the stop; further calls do nothing. */
    public void request() {
        if (requested.compareAndSet(false, true)) {
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
