package dev.etljar.purge;

import dev.etljar.text.HumanFormat;

/**
 * What was removed, or would be.
 *
 * @param runs job instances
 * @param rows in the job repository and in the target, not counting those of tables that were dropped
 * @param tables staging tables, and tables that kept what a publication replaced or overwrote
 * @param files in workspaces and archives
 * @param bytes of these files
 */
public record Removed(long runs, long rows, long tables, long files, long bytes) {

    static final Removed NOTHING = new Removed(0, 0, 0, 0, 0);

    static Removed runs(long runs) {
        return new Removed(runs, 0, 0, 0, 0);
    }

    static Removed rows(long rows) {
        return new Removed(0, rows, 0, 0, 0);
    }

    static Removed tables(long tables) {
        return new Removed(0, 0, tables, 0, 0);
    }

    static Removed files(long files, long bytes) {
        return new Removed(0, 0, 0, files, bytes);
    }

    Removed plus(Removed more) {
        return new Removed(
                runs + more.runs, rows + more.rows, tables + more.tables, files + more.files, bytes + more.bytes);
    }

    /** For a person. */
    @Override
    public String toString() {
        return HumanFormat.count(runs, "run") + ", " + HumanFormat.count(rows, "row") + ", "
                + HumanFormat.count(tables, "table") + ", " + HumanFormat.count(files, "file") + " ("
                + HumanFormat.bytes(bytes) + ")";
    }
}
