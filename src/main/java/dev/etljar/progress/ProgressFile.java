package dev.etljar.progress;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import dev.etljar.run.WholeFile;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the workspace's progress.json: complete at every moment, written at each change of state and at most once a second otherwise.
 * A file that cannot be written is one warning a run, never its end. Thread-safe.
 */
public final class ProgressFile implements RunListener {

    private static final Logger log = LoggerFactory.getLogger(ProgressFile.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ProgressState state;
    private Instant written = Instant.MIN;
    private boolean warned;

    public ProgressFile(Clock clock) {
        state = new ProgressState(clock);
    }

    @Override
    public synchronized void runStarted(RunStart start) {
        warned = false;
        state.started(start);
        write();
    }

    @Override
    public synchronized void phaseStarted(Phase phase) {
        state.phaseStarted(phase);
        write();
    }

    @Override
    public synchronized void progressed(Progress progress) {
        state.progressed(progress);
        writeNowAndThen();
    }

    @Override
    public synchronized void noted(Phase phase, String message) {
        state.noted(message);
        writeNowAndThen();
    }

    @Override
    public synchronized void phaseEnded(Phase phase, PhaseStatus status) {
        state.phaseEnded(phase, status);
        write();
    }

    @Override
    public synchronized void runEnded(RunSummary summary) {
        state.ended(summary);
        write();
    }

    private void writeNowAndThen() {
        Instant now = state.now();
        // A clock that was set back must not silence the file until it has caught up.
        if (now.isBefore(written) || !now.isBefore(written.plus(PAUSE))) {
            write();
        }
    }

    private void write() {
        @Nullable RunStart run = state.run();
        if (run == null) {
            return;
        }
        written = state.now();
        Path file = run.workspace().progress();
        try {
            WholeFile.write(file, ProgressDocument.of(run, state));
        } catch (IOException e) {
            warn(file, e);
        }
    }

    private void warn(Path file, IOException e) {
        if (!warned) {
            warned = true;
            log.warn(
                    "Cannot write {}: {}. The run goes on; its progress is not in that file until it can be written.",
                    file,
                    PlainWords.reason(e));
        }
    }
}
