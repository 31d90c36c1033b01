package dev.etljar.selftest;

import dev.etljar.database.Database;
import dev.etljar.database.OwnSchema;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
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
 *   <li>a scheduler and an operator are played as the round's {@link Shape} says: the job, or a command, is started again and
 *       again, each time as a process of its own, and killed with SIGKILL at a random moment, of a run in the phase that was
 *       met least often, until one start is left alone;
 *   <li>that one must end as it is to by itself, and then the table must hold what was sent, row by row, and the reject
 *       files each bad record once; what was published must be noted, and no staging table be left.
 * </ol>
 *
 * <p>The first round is not disturbed: it shows how long each phase takes here. The first find ends it all, so that what it
 * left can be looked at.
 */
public final class Selftest {

    private static final String EMBEDDED = "jdbc:h2:";
    /** Records in a chunk that may go another way to the database than a large one. */
    private static final int SMALL_CHUNK = 25;

    private final SelftestRequest request;
    private final Consumer<String> progress;
    private final Random random;
    private final Deque<Shape> deck = new ArrayDeque<>();
    private final Map<Shape, Integer> rounds = new EnumMap<>(Shape.class);
    private final List<String> stuck = new ArrayList<>();
    private Differences differences = Differences.NONE;

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
        Killer killer = new Killer(request, new Home(request, schema), random);
        List<Mode> modes = Mode.of(Database.of(schema == null ? EMBEDDED : schema.url()));
        Expected expected = new Expected();
        for (int number = 0; goesOn(killer); number++) {
            Mode mode = modes.get(number % modes.size());
            // Upserts meet half of the rows of the round of their kind before them.
            long firstId = 1 + (long) number * request.records() / (mode == Mode.UPSERT ? 2 * modes.size() : 1);
            Sample sample = Sample.generate(firstId, request.records(), random);
            // In turn, and in another turn for a mode each time.
            boolean small = (number % modes.size() + number / modes.size()) % 2 == 1;
            int checkpointEvery = small ? Math.min(request.checkpointEvery(), SMALL_CHUNK) : request.checkpointEvery();
            play(number, new Round(killer, expected, mode, sample, checkpointEvery));
        }
        return new SelftestResult(
                request.seed(), database, rounds, killer.kills(), killer.exitCodes(), differences, stuck);
    }

    private boolean goesOn(Killer killer) {
        return killer.hasKillsLeft() && stuck.isEmpty() && differences.none();
    }

    private void play(int number, Round round) throws IOException, InterruptedException, SQLException {
        Shape shape = number == 0 ? Shape.RUN : next();
        rounds.merge(shape, 1, Integer::sum);
        try {
            if (number == 0) {
                round.measure();
                progress.accept(
                        "undisturbed, in microseconds: " + round.killer().moments());
            } else {
                shape.scenario().play(round);
            }
        } catch (StuckException e) {
            stuck.add(String.valueOf(e.getMessage()));
        }
        differences = differences.plus(round.differences());
        progress.accept("round " + (number + 1) + " (" + shape + ", " + round.mode() + "), "
                + round.killer().kills().size() + " of " + request.kills() + " kills; " + round.differences());
    }

    /** All shapes come in turn, each time in another order. */
    private Shape next() {
        if (deck.isEmpty()) {
            List<Shape> shapes = new ArrayList<>(request.shapes());
            Collections.shuffle(shapes, random);
            deck.addAll(shapes);
        }
        return deck.remove();
    }
}
