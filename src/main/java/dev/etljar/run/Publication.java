package dev.etljar.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What FINALIZE made visible to readers, all of it in one transaction.
 *
 * @param warnings what went wrong after it was published, for a person; none where an earlier version stored it
 * @param takenBackAt when it was taken back, in one transaction, too; null as long as it was not
 */
public record Publication(
        Instant publishedAt,
        List<PublishedTable> tables,
        List<String> warnings,
        @Nullable Instant takenBackAt) implements HandOver {

    public Publication {
        tables = List.copyOf(tables);
        warnings =
                Objects.requireNonNullElse(warnings, List.<String>of()).stream().toList();
    }

    /** A publication of which nothing went wrong. */
    public Publication(Instant publishedAt, List<PublishedTable> tables) {
        this(publishedAt, tables, List.of(), null);
    }

    /** The same publication, with more warnings. */
    public Publication with(List<String> told) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(told);
        return new Publication(publishedAt, tables, all, takenBackAt);
    }

    public boolean wasTakenBack() {
        return takenBackAt != null;
    }

    /**
     * One published load.
     *
     * @param load the load's name in the definition
     * @param table the target table as the definition names it
     * @param mode append, replace, swap or upsert
     * @param rows rows that the load brought into the table
     */
    public record PublishedTable(String load, String table, String mode, long rows) {}
}
