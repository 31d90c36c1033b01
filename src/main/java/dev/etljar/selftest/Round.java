package dev.etljar.selftest;

import dev.etljar.run.ExitCode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;

/** One input, the way of its publication, and what becomes of it. */
final class Round {

    private final Killer killer;
    private final Expected expected;
    private final Mode mode;
    private final Sample sample;
    private final int checkpointEvery;
    private Differences differences = Differences.NONE;

    /** @param checkpointEvery records in a chunk */
    Round(Killer killer, Expected expected, Mode mode, Sample sample, int checkpointEvery) {
        this.killer = killer;
        this.expected = expected;
        this.mode = mode;
        this.sample = sample;
        this.checkpointEvery = checkpointEvery;
        expected.beginRound(mode);
    }

    Killer killer() {
        return killer;
    }

    SelftestRequest request() {
        return killer.request();
    }

    Home home() {
        return killer.home();
    }

    Random random() {
        return killer.random();
    }

    Expected expected() {
        return expected;
    }

    Mode mode() {
        return mode;
    }

    Sample sample() {
        return sample;
    }

    int checkpointEvery() {
        return checkpointEvery;
    }

    /** What was found up to now. */
    Differences differences() {
        return differences;
    }

    /** Puts the input and the definition there. */
    void prepare(JobFile job) throws IOException {
        home().prepare(sample, job);
    }

    /** Starts the job in this way until it is complete, whatever is killed; then all must be there. */
    void load(Start start) throws IOException, InterruptedException, SQLException {
        killer.drive(start);
        loaded();
    }

    /** The job is complete. */
    void loaded() throws IOException, SQLException {
        expected.loaded(sample);
        check();
    }

    /** Compares all that must be there. */
    void check() throws IOException, SQLException {
        try (Comparison comparison = new Comparison(home())) {
            differences = differences.plus(comparison.all(mode, expected));
        }
    }

    /** Compares what readers of the table see. */
    void checkTable() throws SQLException {
        try (Comparison comparison = new Comparison(home())) {
            differences = differences.plus(comparison.table(mode, expected.rows()));
        }
    }

    /** The job instance of the round that has published last. */
    long published() throws SQLException {
        return findPublished().orElseThrow(() -> new StuckException("a run that is complete has published nothing"));
    }

    boolean hasPublished() throws SQLException {
        return findPublished().isPresent();
    }

    private Optional<Long> findPublished() throws SQLException {
        try (Comparison comparison = new Comparison(home())) {
            return comparison.lastPublished();
        }
    }

    /** Starts it once, with nobody to disturb it. */
    void mustEnd(Start start) throws IOException, InterruptedException {
        mustHaveEnded(start, killer.once(start));
    }

    void mustHaveEnded(Start start, int code) throws IOException {
        if (code != start.end().code()) {
            throw killer.stuck(start, code);
        }
    }

    /** Measures how long the phases last, in a run that nobody disturbs. */
    void measure() throws IOException, InterruptedException, SQLException {
        prepare(JobFile.of(this));
        Start start = Start.run().until(ExitCode.COMPLETED);
        Child child = killer.begin(start);
        killer.moments().measure(child);
        mustHaveEnded(start, killer.end(child, Act.RUN));
        loaded();
    }
}
