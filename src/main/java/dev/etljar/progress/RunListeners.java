package dev.etljar.progress;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells several listeners, in their order. One that throws stops neither the run nor the others: it is logged the first time,
 * and goes on hearing. Thread-safe where the listeners are.
 */
public final class RunListeners implements RunListener {

    private static final Logger log = LoggerFactory.getLogger(RunListeners.class);

    private final List<Guarded> listeners;

    public RunListeners(List<RunListener> listeners) {
        this.listeners = listeners.stream().map(Guarded::new).toList();
    }

    @Override
    public void runStarted(RunStart start) {
        tell(listener -> listener.runStarted(start));
    }

    @Override
    public void phaseStarted(Phase phase) {
        tell(listener -> listener.phaseStarted(phase));
    }

    @Override
    public void progressed(Progress progress) {
        tell(listener -> listener.progressed(progress));
    }

    @Override
    public void noted(Phase phase, String message) {
        tell(listener -> listener.noted(phase, message));
    }

    @Override
    public void phaseEnded(Phase phase, PhaseStatus status) {
        tell(listener -> listener.phaseEnded(phase, status));
    }

    @Override
    public void runEnded(RunSummary summary) {
        tell(listener -> listener.runEnded(summary));
    }

    private void tell(Consumer<RunListener> event) {
        listeners.forEach(listener -> listener.tell(event));
    }

    private record Guarded(RunListener listener, AtomicBoolean failed) {

        private Guarded(RunListener listener) {
            this(listener, new AtomicBoolean());
        }

        private void tell(Consumer<RunListener> event) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                if (failed.compareAndSet(false, true)) {
                    log.warn(
                            "{} failed; the run goes on, further failures of it are not logged",
                            listener.getClass().getName(),
                            e);
                }
            }
        }
    }
}
