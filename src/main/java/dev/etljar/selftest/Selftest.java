package dev.etljar.selftest;

import dev.etljar.database.Database;
import dev.etljar.database.OwnSchema;
import dev.etljar.run.Phase;
import dev.etljar.selftest.Home.Mode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The promise by brute force. In each round
 *
 * <ol>
 *   <li>a new input is made, and the way of its publication: append, upsert, replace in turn;
 *   <li>the job is started again and again, each time as a process of its own, and killed with SIGKILL at a random moment
 *       of the phase that was met least often, until one start is left alone;
 *   <li>that one must end well by itself, and then the table must hold what was sent, row by row, and the reject file
 *       each bad record once.
 * </ol>
 *
 * <p>The first round is not disturbed: it shows how long each phase takes here.
 */
public final class Selftest {

    private static final int LEFT_ALONE_ONE_IN = 5;
    private static final int STARTS_UNTIL_STUCK = 5;
    private static final List<Phase> STEPS =
            List.of(Phase.DOWNLOAD, Phase.EXTRACT, Phase.PROCESS, Phase.VALIDATE, Phase.FINALIZE);
    private static final String EMBEDDED = "jdbc:h2:";

    private final SelftestRequest request;
    private final Consumer<String> progress;
    private final Random random;
    private final Map<Phase, Long> durations = new EnumMap<>(Phase.class);
    private final List<Kill> kills = new ArrayList<>();
    private final List<String> stuck = new ArrayList<>();
    private Differences differences = Differences.NONE;
    private int rounds;

    /** @param progress is told a line now and then */
    public Selftest(SelftestRequest request, Consumer<String> progress) {
        this.request = request;
        this.progress = progress;
        this.random = new Random(request.seed());
    }

    /** Makes the kills; the schema that this used is gone when it returns. */
    public SelftestResult run() throws IOException, InterruptedException, SQLException {
        SelftestRequest.@Nullable Server server = request.server();
        if (server == null) {
            return run(null, "H2");
        }
        String name = "etl_selftest_" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        try (OwnSchema schema = OwnSchema.create(server.url(), server.username(), server.password(), name)) {
            String database = Database.of(server.url()).name();
            return run(schema, request.embeddedRepository() ? "H2 with " + database + " as target" : database);
        }
    }

    private SelftestResult run(@Nullable OwnSchema schema, String database)
            throws IOException, InterruptedException, SQLException {
        Home home = new Home(request, schema);
        List<Mode> modes = Mode.of(Database.of(schema == null ? EMBEDDED : schema.url()));
        while (kills.size() < request.kills() && stuck.isEmpty()) {
            Mode mode = modes.get(rounds % modes.size());
            // Upserts meet half of the rows of the round of their kind before them.
            long firstId = 1 + (long) rounds * request.records() / (mode == Mode.UPSERT ? 2 * modes.size() : 1);
            Sample sample = Sample.generate(firstId, request.records(), random);
            home.prepare(sample, mode);
            int exitCode = rounds == 0 ? measure(home) : disturb(home, sample);
            finish(home, sample, exitCode);
            if (stuck.isEmpty()) {
                Differences found = home.compare(sample, mode);
                differences = differences.plus(found);
                rounds++;
                progress.accept("round " + rounds + " (" + mode + "), " + kills.size() + " of " + request.kills()
                        + " kills; " + found);
            }
        }
        return new SelftestResult(request.seed(), database, rounds, kills, differences, stuck);
    }

    /** How long the phases last, as seen from outside; gives the run's exit code. */
    private int measure(Home home) throws IOException, InterruptedException {
        Child child = Child.start(request, home);
        long last = System.nanoTime();
        Phase before = Phase.INIT;
        for (Phase phase : STEPS) {
            child.await(phase);
            durations.put(before, microsecondsSince(last));
            before = phase;
            last = System.nanoTime();
        }
        int exitCode = child.exitCode();
        durations.put(before, microsecondsSince(last));
        progress.accept("undisturbed, in microseconds: " + durations);
        return exitCode;
    }

    /** Kills until one start is to be left alone, or ended by itself; gives the exit code of the latter, or -1. */
    private int disturb(Home home, Sample sample) throws IOException, InterruptedException {
        Phase reached = Phase.DOWNLOAD;
        while (kills.size() < request.kills()
                && reached.compareTo(Phase.FINALIZE) <= 0
                && random.nextInt(LEFT_ALONE_ONE_IN) != 0) {
            Phase phase = rarest(reached);
            home.putBackWhereComplete(sample);
            Child child = Child.start(request, home);
            if (!child.await(phase)) {
                return child.exitCode();
            }
            long began = System.nanoTime();
            if (!child.killAfter(random.nextLong(1 + durations.getOrDefault(child.phase(), 1L)))) {
                return child.exitCode();
            }
            Kill kill = new Kill(kills.size() + 1, child.phase(), microsecondsSince(began));
            kills.add(kill);
            reached = kill.phase();
        }
        return -1;
    }

    /** Of the steps that the run has still before it, one in which it was killed least often. */
    private Phase rarest(Phase reached) {
        List<Phase> ahead = new ArrayList<>(
                STEPS.stream().filter(step -> step.compareTo(reached) >= 0).toList());
        Collections.shuffle(ahead, random);
        return Collections.min(ahead, Comparator.comparingLong(this::killsIn));
    }

    private long killsIn(Phase phase) {
        return kills.stream().filter(kill -> kill.phase() == phase).count();
    }

    /** Starts what nobody disturbs, as often as a scheduler would before it calls somebody. */
    private void finish(Home home, Sample sample, int exitCodeSoFar) throws IOException, InterruptedException {
        int exitCode = exitCodeSoFar;
        for (int start = 0; start < STARTS_UNTIL_STUCK && exitCode != 0; start++) {
            home.putBackWhereComplete(sample);
            exitCode = Child.start(request, home).exitCode();
        }
        if (exitCode != 0) {
            stuck.add("after kill " + kills.size() + " the run ends with exit code " + exitCode + ": "
                    + home.lastWords());
        }
    }

    private static long microsecondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000;
    }
}
