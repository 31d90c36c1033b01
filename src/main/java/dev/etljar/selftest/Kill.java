package dev.etljar.selftest;

import dev.etljar.run.Phase;

/**
 * One kill.
 *
 * @param phase that the process was in; INIT where it tells none
 * @param microseconds after the phase was seen to begin, or after the process started where it had not begun one
 */
record Kill(int number, Act act, Phase phase, long microseconds) {

    /** What stands in the report: the phase of a run, or the command. */
    String point() {
        return act == Act.RUN ? phase.name() : act.command();
    }
}
