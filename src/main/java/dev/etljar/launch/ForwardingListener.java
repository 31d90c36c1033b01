package dev.etljar.launch;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;

/** Passes everything on; who extends it hears it too. */
abstract class ForwardingListener implements RunListener {

    private final RunListener listener;

    ForwardingListener(RunListener listener) {
        this.listener = listener;
    }

    @Override
    public void runStarted(RunStart start) {
        listener.runStarted(start);
    }

    @Override
    public void phaseStarted(Phase phase) {
        listener.phaseStarted(phase);
    }

    @Override
    public void progressed(Progress progress) {
        listener.progressed(progress);
    }

    @Override
    public void noted(Phase phase, String message) {
        listener.noted(phase, message);
    }

    @Override
    public void phaseEnded(Phase phase, PhaseStatus status) {
        listener.phaseEnded(phase, status);
    }

    @Override
    public void runEnded(RunSummary summary) {
        listener.runEnded(summary);
    }
}
