package dev.etljar.run;

import java.time.Instant;
import java.util.List;

/** What FINALIZE made visible to readers, all of it in one transaction. */
public record Publication(Instant publishedAt, List<PublishedTable> tables) implements HandOver {

    public Publication {
        tables = List.copyOf(tables);
    }

    /**
     * One published load.
     *
     * @param load the load's name in the definition
     * @param table the target table as the definition names it
     * @param mode append, replace or upsert
     * @param rows rows that the load brought into the table
     */
    public record PublishedTable(String load, String table, String mode, long rows) {}
}
