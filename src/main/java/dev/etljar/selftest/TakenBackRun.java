package dev.etljar.selftest;

import dev.etljar.run.Phase;
import java.io.IOException;
import java.sql.SQLException;

/**
 * A load is published, taken back, which leaves the rows of before, and loaded again. Some are taken back of a run that was killed
 * after it had published, and has not ended.
 */
record TakenBackRun() implements Scenario {

    @Override
    public void play(Round round) throws IOException, InterruptedException, SQLException {
        round.prepare(JobFile.of(round));
        if (round.random().nextBoolean() && killedOncePublished(round)) {
            round.expected().loaded(round.sample());
        } else {
            round.load(Start.run());
        }
        String execution = round.home().execution(round.published());
        round.killer().drive(Start.command(Act.ROLLBACK, execution));
        round.expected().takenBack();
        round.checkTable();
        round.home().putInputBack();
        round.load(Start.run());
    }

    private static boolean killedOncePublished(Round round) throws IOException, InterruptedException, SQLException {
        Start start = Start.run().between(Phase.FINALIZE, Phase.FINALIZE);
        return round.killer().killOnce(start).isPresent() && round.hasPublished();
    }
}
