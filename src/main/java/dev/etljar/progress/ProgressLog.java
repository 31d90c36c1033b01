package dev.etljar.progress;

import dev.etljar.progress.PhaseText.Detail;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunStart;
import dev.etljar.text.HumanFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where there is no terminal: a log line at the start and the end of each phase, and one every ten seconds in between. Thread-safe. */
public final class ProgressLog implements RunListener {

    private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int LONGEST_MESSAGE = 1000;

    private final ProgressState state;
    private Instant logged = Instant.MIN;

    public ProgressLog(Clock clock) {
        state = new ProgressState(clock);
    }

    @Override
    public synchronized void runStarted(RunStart start) {
        state.started(start);
        log.info(
                "Job {}, execution {}: {}",
                HumanFormat.oneLine(start.job(), LONGEST_MESSAGE),
                start.executionId(),
                start.restarted() ? "goes on" : "starts");
    }

    @Override
    public synchronized void phaseStarted(Phase phase) {
        state.phaseStarted(phase);
        logged = state.now();
        log.info("{} started", phase);
    }

    @Override
    public synchronized void progressed(Progress progress) {
        state.progressed(progress);
        Instant now = state.now();
        // A clock that was set back must not silence the log until it has caught up.
        if (now.isBefore(logged) || !now.isBefore(logged.plus(PAUSE))) {
            logged = now;
            PhaseTrack track = state.track(progress.phase());
            log.info("{} {}", progress.phase(), PhaseText.running(track, now, Detail.ALL));
        }
    }

    @Override
    public void noted(Phase phase, String message) {
        log.info("{}: {}", phase, HumanFormat.oneLine(message, LONGEST_MESSAGE));
    }

    @Override
    public synchronized void phaseEnded(Phase phase, PhaseStatus status) {
        state.phaseEnded(phase, status);
        log.info("{} {}", phase, PhaseText.ended(state.track(phase), state.now()));
    }
}
