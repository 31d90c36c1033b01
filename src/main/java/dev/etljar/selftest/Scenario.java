package dev.etljar.selftest;

import java.io.IOException;
import java.sql.SQLException;

/**
 * What a scheduler and an operator do in one round, from an input that is new to the end that there must be, whatever is killed
 * in between.
 */
sealed interface Scenario permits PlainRun, TimeBoxes, StoppedRun, GatedRun, TakenBackRun, SetBackRun, ReplayedRun {

    /**
     * Plays it, and has the round compare what is there wherever that is certain.
     *
     * @throws StuckException where a person would have been needed
     */
    void play(Round round) throws IOException, InterruptedException, SQLException;
}
