package dev.etljar.report;

import dev.etljar.run.RunSummary;
import dev.etljar.run.StagedTable;
import dev.etljar.text.HumanFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sums over all loads.
 *
 * @param records found in the input; null before PROCESS is through
 */
record Counts(@Nullable Long records, long loaded, long rejected) {

    /** From what PROCESS handed over, else from how far it is; empty before it began. */
    static Optional<Counts> of(RunSummary summary) {
        long reasons =
                summary.rejects().values().stream().mapToLong(Long::longValue).sum();
        if (summary.staged() != null) {
            List<StagedTable> tables = summary.staged().tables();
            long records = tables.stream().mapToLong(StagedTable::records).sum();
            long loaded = tables.stream().mapToLong(StagedTable::loaded).sum();
            long rejected = tables.stream().mapToLong(StagedTable::rejected).sum();
            return Optional.of(new Counts(records, loaded, Math.max(rejected, reasons)));
        }
        if (summary.progress() != null) {
            long rejected = summary.progress().rejected();
            return Optional.of(new Counts(null, summary.progress().loaded(), Math.max(rejected, reasons)));
        }
        return reasons == 0 ? Optional.empty() : Optional.of(new Counts(null, 0, reasons));
    }

    /** Whether there is a reject file to look at. */
    static boolean hasRejects(RunSummary summary) {
        return of(summary).filter(counts -> counts.rejected > 0).isPresent();
    }

    /** {@code 10,000 records, 9,997 rows loaded, 3 rejects}. */
    String text() {
        return (records == null ? "" : HumanFormat.count(records, "record") + ", ")
                + HumanFormat.count(loaded, "row") + " loaded, "
                + HumanFormat.count(rejected, "reject");
    }
}
