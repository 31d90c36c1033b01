package dev.etljar.selftest;

import java.io.IOException;
import java.sql.SQLException;

/** The same command again and again. */
record PlainRun() implements Scenario {

    @Override
    public void play(Round round) throws IOException, InterruptedException, SQLException {
        round.prepare(JobFile.of(round));
        round.load(Start.run());
    }
}
