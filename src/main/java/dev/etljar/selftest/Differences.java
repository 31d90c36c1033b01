package dev.etljar.selftest;

/** What is not as it must be, in rows and in rejects. */
record Differences(long lost, long doubled, long wrong, long rejectsMissing, long rejectsDoubled) {

    static final Differences NONE = new Differences(0, 0, 0, 0, 0);

    Differences plus(Differences other) {
        return new Differences(
                lost + other.lost,
                doubled + other.doubled,
                wrong + other.wrong,
                rejectsMissing + other.rejectsMissing,
                rejectsDoubled + other.rejectsDoubled);
    }

    boolean none() {
        return equals(NONE);
    }

    @Override
    public String toString() {
        return "rows: " + lost + " lost, " + doubled + " doubled, " + wrong + " wrong; rejects: " + rejectsMissing
                + " missing, " + rejectsDoubled + " doubled";
    }
}
