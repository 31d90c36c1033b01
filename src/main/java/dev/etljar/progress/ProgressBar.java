package dev.etljar.progress;

import dev.etljar.progress.PhaseText.Detail;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import dev.etljar.text.HumanFormat;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * On a terminal: one line that is drawn again at most ten times a second; a finished phase leaves one line standing.
 * Needs nothing of the terminal but the carriage return: what is left of a longer line is overwritten with blanks. Thread-safe.
 */
public final class ProgressBar implements RunListener {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int DEFAULT_COLUMNS = 80;
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 5;
    private static final int LONGEST_MESSAGE = 1000;

    private final PrintStream out;
    private final ProgressState state;
    private final int width;
    private final String full;
    private final String empty;
    private Instant drawn = Instant.MIN;
    private int shown;

    /**
     * @param charset of {@code out}: decides whether the bar is of blocks or of ASCII
     * @param environment its COLUMNS is the terminal's width, 80 where that says nothing sensible
     */
    public ProgressBar(PrintStream out, Charset charset, Map<String, String> environment, Clock clock) {
        this.out = out;
        state = new ProgressState(clock);
        // A line as wide as the terminal wraps on some, so one column stays free.
        width = columns(environment.getOrDefault("COLUMNS", "")) - 1;
        boolean blocks = charset.canEncode() && charset.newEncoder().canEncode("█░");
        full = blocks ? "█" : "#";
        empty = blocks ? "░" : "-";
    }

    @Override
    public synchronized void runStarted(RunStart start) {
        state.started(start);
    }

    @Override
    public synchronized void phaseStarted(Phase phase) {
        state.phaseStarted(phase);
        draw(state.track(phase), state.now());
    }

    @Override
    public synchronized void progressed(Progress progress) {
        state.progressed(progress);
        Instant now = state.now();
        // A clock that was set back must not freeze the bar until it has caught up.
        if (now.isBefore(drawn) || !now.isBefore(drawn.plus(PAUSE))) {
            draw(state.track(progress.phase()), now);
        }
    }

    /** The message stands above the bar, which comes back with the next progress. */
    @Override
    public synchronized void noted(Phase phase, String message) {
        leaveStanding(label(phase) + HumanFormat.oneLine(message, LONGEST_MESSAGE));
    }

    @Override
    public synchronized void phaseEnded(Phase phase, PhaseStatus status) {
        state.phaseEnded(phase, status);
        leaveStanding(label(phase) + PhaseText.ended(state.track(phase), state.now()));
    }

    /** Ends the line of a phase whose end nobody reported. */
    @Override
    public synchronized void runEnded(RunSummary summary) {
        if (shown > 0) {
            out.println();
            out.flush();
            shown = 0;
        }
    }

    private void draw(PhaseTrack track, Instant now) {
        drawn = now;
        overwrite(HumanFormat.oneLine(line(track, now), width));
        out.flush();
    }

    private String line(PhaseTrack track, Instant now) {
        String label = label(track.phase());
        if (track.percent().isEmpty()) {
            return label + PhaseText.running(track, now, Detail.ALL);
        }
        String text = "";
        for (Detail detail : Detail.values()) {
            text = "] " + PhaseText.running(track, now, detail);
            int room = width - label.length() - 1 - text.length();
            if (room >= SHORTEST_BAR) {
                return label + "[" + bar(track.percent().getAsDouble(), Math.min(room, LONGEST_BAR)) + text;
            }
        }
        return label + text.substring(2);
    }

    private String bar(double percent, int cells) {
        int done = (int) (cells * percent / 100);
        return full.repeat(done) + empty.repeat(cells - done);
    }

    private void leaveStanding(String line) {
        overwrite(line);
        out.println();
        out.flush();
        shown = 0;
    }

    private void overwrite(String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        shown = line.length();
    }

    private static String label(Phase phase) {
        return String.format("%-9s", phase.name());
    }

    private static int columns(String text) {
        return text.matches("[0-9]{2,4}") ? Math.max(20, Integer.parseInt(text)) : DEFAULT_COLUMNS;
    }
}
