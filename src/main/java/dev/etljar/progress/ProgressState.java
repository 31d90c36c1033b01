package dev.etljar.progress;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what was heard of a run. Not thread-safe: each listener has its own, behind its own lock. */
final class ProgressState {

    private final Clock clock;
    private final Map<Phase, PhaseTrack> tracks = new EnumMap<>(Phase.class);
    private @Nullable RunStart run;
    private Phase state = Phase.INIT;
    private @Nullable String message;

    ProgressState(Clock clock) {
        this.clock = clock;
    }

    /** Forgets the run before, and takes over what an earlier execution completed. */
    void started(RunStart start) {
        run = start;
        state = Phase.INIT;
        message = null;
        tracks.clear();
        for (Phase phase : Phase.values()) {
            if (phase != Phase.INIT && phase != Phase.COMPLETE) {
                tracks.put(phase, new PhaseTrack(PhaseSummary.pending(phase)));
            }
        }
        start.phases().forEach(known -> tracks.put(known.phase(), new PhaseTrack(known)));
    }

    /** COMPLETE is no phase that starts: only the run's end leads to it. */
    void phaseStarted(Phase phase) {
        if (phase == Phase.COMPLETE) {
            return;
        }
        if (phase != state) {
            message = null;
        }
        state = phase;
        track(phase).started(now());
    }

    void progressed(Progress progress) {
        track(progress.phase()).progressed(progress, now());
    }

    void noted(String text) {
        message = text;
    }

    void phaseEnded(Phase phase, PhaseStatus status) {
        track(phase).ended(status, now());
    }

    /** A phase whose end nobody reported ended with the run. */
    void ended(RunSummary summary) {
        message = summary.message();
        boolean completed = summary.status().equals("COMPLETED");
        PhaseStatus open = completed
                ? PhaseStatus.COMPLETED
                : summary.status().equals("STOPPED") ? PhaseStatus.STOPPED : PhaseStatus.FAILED;
        tracks.values().stream().filter(PhaseTrack::isRunning).forEach(track -> track.ended(open, now()));
        if (completed) {
            state = Phase.COMPLETE;
        }
    }

    Instant now() {
        return clock.instant();
    }

    /** Null before the first run started. */
    @Nullable
    RunStart run() {
        return run;
    }

    Phase state() {
        return state;
    }

    @Nullable
    String message() {
        return message;
    }

    /** In the order of the phases: the five steps, and others that were heard of. */
    Collection<PhaseTrack> tracks() {
        return tracks.values();
    }

    PhaseTrack track(Phase phase) {
        return tracks.computeIfAbsent(phase, unheard -> new PhaseTrack(PhaseSummary.pending(unheard)));
    }
}
