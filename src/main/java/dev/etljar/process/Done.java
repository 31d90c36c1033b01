package dev.etljar.process;

/**
 * What became of some records: of a range, of a load or of the whole step.
 *
 * @param bytes of the files that were read
 * @param records read
 * @param loaded rows in the staging tables
 * @param rejected records among the rejects
 * @param filtered blank lines
 */
record Done(long bytes, long records, long loaded, long rejected, long filtered) {

    static final Done NOTHING = new Done(0, 0, 0, 0, 0);

    Done plus(Done other) {
        return new Done(
                bytes + other.bytes,
                records + other.records,
                loaded + other.loaded,
                rejected + other.rejected,
                filtered + other.filtered);
    }

    Done minus(Done other) {
        return new Done(
                bytes - other.bytes,
                records - other.records,
                loaded - other.loaded,
                rejected - other.rejected,
                filtered - other.filtered);
    }

    /** Who has read all records, but not counted all of them, has lost something. */
    boolean balances() {
        return records == loaded + rejected + filtered;
    }
}
