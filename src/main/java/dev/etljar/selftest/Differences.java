package dev.etljar.selftest;

/**
 * What is not as it must be.
 *
 * @param lost rows
 * @param doubled rows, or rows that should be no more
 * @param wrong rows
 * @param publications publication rows that are missing, too many or of other rows
 * @param stagingTables that are left
 */
record Differences(
        long lost,
        long doubled,
        long wrong,
        long rejectsMissing,
        long rejectsDoubled,
        long publications,
        long stagingTables) {

    static final Differences NONE = new Differences(0, 0, 0, 0, 0, 0, 0);

    Differences plus(Differences other) {
        return new Differences(
                lost + other.lost,
                doubled + other.doubled,
                wrong + other.wrong,
                rejectsMissing + other.rejectsMissing,
                rejectsDoubled + other.rejectsDoubled,
                publications + other.publications,
                stagingTables + other.stagingTables);
    }

    boolean none() {
        return equals(NONE);
    }

    @Override
    public String toString() {
        return "rows: " + lost + " lost, " + doubled + " doubled, " + wrong + " wrong; rejects: " + rejectsMissing
                + " missing, " + rejectsDoubled + " doubled; publications: " + publications + " wrong; staging tables: "
                + stagingTables + " left";
    }
}
