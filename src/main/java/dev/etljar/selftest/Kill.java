package dev.etljar.selftest;

import dev.etljar.run.Phase;

/**
 * One kill.
 *
 * @param phase that the process was in
 * @param microseconds after the phase was seen to begin, or after the process started where it had not begun one
 */
record Kill(int number, Phase phase, long microseconds) {}
