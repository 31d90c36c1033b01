package dev.etljar.selftest;

import dev.etljar.run.ExitCode;
import dev.etljar.run.Phase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A run that is complete, also where a start after it found nothing new, or was killed, or refused, is run again from one of the steps that it has reached, often by a
 * definition that was corrected in between; where that is killed, the same command goes on, or the scheduler's. The end is
 * that of a single load. Some are taken back after it, which leaves the rows of before the first.
 */
record SetBackRun() implements Scenario {

    private static final int TAKEN_BACK_ONE_IN = 3;

    @Override
    public void play(Round round) throws IOException, InterruptedException, SQLException {
        JobFile job = JobFile.of(round);
        boolean mistaken = round.random().nextBoolean();
        Phase reached = reached(round, job.mistaken(mistaken));
        round.home().define(job);
        // What is published already, or staged and judged, FINALIZE takes as it is.
        Phase from = step(round.random(), mistaken && reached == Phase.FINALIZE ? Phase.VALIDATE : reached);
        if (from == Phase.DOWNLOAD) {
            // The input is asked for as it is now; what was archived stays there.
            round.home().putInputBack();
        }
        rerun(round, Start.command(Act.RERUN, execution(round), "--from=" + from));
        round.loaded();
        if (round.random().nextInt(TAKEN_BACK_ONE_IN) == 0) {
            takeBack(round);
        }
    }

    /** Starts the run; gives the last step that it can be run again from. */
    private static Phase reached(Round round, JobFile job) throws IOException, InterruptedException {
        int end = round.random().nextInt(3);
        round.prepare(end == 0 ? job.refusing() : job);
        if (end == 0) {
            round.mustEnd(Start.run().until(ExitCode.REFUSED));
            return Phase.VALIDATE;
        }
        if (end == 1) {
            Optional<Phase> killed = round.killer().killOnce(Start.run());
            return killed.filter(phase -> phase != Phase.COMPLETE).orElse(Phase.FINALIZE);
        }
        round.mustEnd(Start.run());
        if (round.random().nextBoolean()) {
            round.home().putInputBack();
            round.mustEnd(Start.run());
        }
        return Phase.FINALIZE;
    }

    /** Not that of a start which found nothing new. */
    private static String execution(Round round) throws IOException, SQLException {
        return round.hasPublished()
                ? round.home().execution(round.published())
                : round.home().newestExecution();
    }

    private static Phase step(Random random, Phase last) {
        List<Phase> steps = List.copyOf(EnumSet.range(Phase.DOWNLOAD, last));
        return steps.get(random.nextInt(steps.size()));
    }

    private static void rerun(Round round, Start rerun) throws IOException, InterruptedException {
        Killer killer = round.killer();
        switch (round.random().nextInt(3)) {
            case 0 -> killer.drive(rerun.between(Phase.INIT, Phase.INIT));
            case 1 -> killer.drive(rerun.between(Phase.INIT, Phase.FINALIZE));
            default -> {
                // In a step, so that the run is set back by then.
                killer.killOnce(rerun);
                killer.drive(Start.run());
            }
        }
    }

    private static void takeBack(Round round) throws IOException, InterruptedException, SQLException {
        round.killer().drive(Start.command(Act.ROLLBACK, round.home().execution(round.published())));
        round.expected().takenBack();
        round.check();
    }
}
