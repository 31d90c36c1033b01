package dev.etljar.purge;

/**
 * A run that goes.
 *
 * @param lineStays whether its job instance stays, with its last execution and its parameters
 */
record OldRun(RunRow row, boolean lineStays) {

    long instance() {
        return row.instance();
    }
}
