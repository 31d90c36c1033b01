package dev.etljar.selftest;

import dev.etljar.run.ExitCode;
import java.io.IOException;
import java.sql.SQLException;

/**
 * A second process asks the run to stop, some moment after it was started; then none of the two is killed, or one of them. The
 * chunks are small, so that there is something to be stopped.
 */
record StoppedRun() implements Scenario {

    private static final int STOPS = 4;
    private static final int CHUNKS_FOR_ONE = 5;

    @Override
    public void play(Round round) throws IOException, InterruptedException, SQLException {
        round.prepare(
                JobFile.of(round).checkpointEvery(Math.max(1, round.request().checkpointEvery() / CHUNKS_FOR_ONE)));
        Start run = Start.run().partByPart();
        boolean complete = false;
        for (int stop = 0; stop < STOPS && !complete; stop++) {
            complete = stopped(round, run);
        }
        if (complete) {
            round.loaded();
        } else {
            round.load(run);
        }
    }

    /** Whether the run was complete before it could be stopped, or killed. */
    private static boolean stopped(Round round, Start run) throws IOException, InterruptedException {
        Killer killer = round.killer();
        Start stop = Start.command(Act.STOP, Home.JOB_NAME);
        Child running = killer.begin(run);
        running.endsWithin(killer.moments().inRun());
        Child stopping = killer.begin(stop);
        int victim = killer.hasKillsLeft() ? round.random().nextInt(3) : 0;
        boolean stopKilled =
                victim == 1 && killer.kill(stopping, Act.STOP, killer.moments().in(Act.STOP));
        boolean runKilled =
                victim == 2 && killer.kill(running, Act.RUN, killer.moments().inRun());
        int code = runKilled ? ExitCode.STOPPED.code() : killer.end(running, Act.RUN);
        if (!stopKilled) {
            round.mustHaveEnded(stop, killer.end(stopping, Act.STOP));
        }
        if (code != ExitCode.STOPPED.code() && code != ExitCode.FAILED.code()) {
            round.mustHaveEnded(run, code);
        }
        return code == ExitCode.COMPLETED.code();
    }
}
