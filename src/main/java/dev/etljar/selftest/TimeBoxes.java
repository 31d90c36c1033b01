package dev.etljar.selftest;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** Each start has a limit, of one kind or another, until one is complete. */
record TimeBoxes() implements Scenario {

    private static final int LEAST_CHUNKS = 4;
    private static final int MORE_CHUNKS = 20;
    private static final int LONGEST_MILLISECONDS = 400;

    @Override
    public void play(Round round) throws IOException, InterruptedException, SQLException {
        round.prepare(JobFile.of(round));
        round.load(Start.runEach(() -> List.of(limit(round))).partByPart());
    }

    private static String limit(Round round) {
        Random random = round.random();
        int chunks = LEAST_CHUNKS + random.nextInt(MORE_CHUNKS);
        return switch (random.nextInt(3)) {
            case 0 -> "--max-chunks=" + chunks;
            case 1 -> "--max-items=" + (chunks * round.checkpointEvery() + random.nextInt(10));
            default -> "--max-duration=" + (1 + random.nextInt(LONGEST_MILLISECONDS)) + "ms";
        };
    }
}
