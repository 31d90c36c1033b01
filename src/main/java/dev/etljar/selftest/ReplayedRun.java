package dev.etljar.selftest;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Some of the rejects are corrected, some given up, some replayed as they are; each that is corrected is loaded once. */
record ReplayedRun() implements Scenario {

    private static final int GIVEN_UP_ONE_IN = 6;
    private static final int LEFT_ONE_IN = 5;

    @Override
    public void play(Round round) throws IOException, InterruptedException, SQLException {
        round.prepare(JobFile.of(round));
        round.load(Start.run());
        if (round.sample().bad().isEmpty()) {
            return;
        }
        long instance = round.published();
        Path corrected = round.home().file("corrected.csv");
        Correction correction = new Correction(round.sample(), round.random());
        round.home().rejects(instance).correct(corrected, correction::of);
        Start replay = Start.command(Act.REPLAY, round.home().execution(instance), "--file=" + corrected);
        round.killer().drive(replay);
        round.expected().replayed(correction.loaded, correction.rejected);
        round.check();
        round.mustEnd(replay);
        round.check();
    }

    /** What a person has made of the rejects. */
    private static final class Correction {

        private final Sample sample;
        private final Random random;
        private final List<Sample.Row> loaded = new ArrayList<>();
        private final List<Long> rejected = new ArrayList<>();

        Correction(Sample sample, Random random) {
            this.sample = sample;
            this.random = random;
        }

        /** The first one is corrected in any case: a replay that loads nothing is refused. */
        String of(long line, String raw) {
            Sample.@Nullable Row row = sample.bad().get(line);
            if (row == null || (!loaded.isEmpty() && random.nextInt(GIVEN_UP_ONE_IN) == 0)) {
                return RejectFile.GIVEN_UP;
            }
            if (!loaded.isEmpty() && random.nextInt(LEFT_ONE_IN) == 0) {
                rejected.add(line);
                return raw;
            }
            loaded.add(row);
            return raw.replace(Sample.NO_NUMBER, row.amount());
        }
    }
}
