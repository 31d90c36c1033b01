package dev.etljar.testing;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import java.util.function.Consumer;

/**
 * Gives each event of a run a name: {@code "started PROCESS"}, {@code "progressed PROCESS"}, {@code "ended PROCESS"}, a note
 * such as {@code "published FINALIZE"}; the run's own are {@code "started RUN"} and {@code "ended RUN"}.
 *
 * @param happened is told each name
 */
public record Moments(Consumer<String> happened) implements RunListener {

    @Override
    public void runStarted(RunStart start) {
        happened.accept("started RUN");
    }

    @Override
    public void phaseStarted(Phase phase) {
        happened.accept("started " + phase);
    }

    @Override
    public void progressed(Progress progress) {
        happened.accept("progressed " + progress.phase());
    }

    @Override
    public void noted(Phase phase, String message) {
        happened.accept(message + " " + phase);
    }

    @Override
    public void phaseEnded(Phase phase, PhaseStatus status) {
        happened.accept("ended " + phase);
    }

    @Override
    public void runEnded(RunSummary summary) {
        happened.accept("ended RUN");
    }
}
