package dev.etljar.finalize;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How loads reach their target tables.
 *
 * @param publish append, replace, swap or upsert
 * @param key the columns by which upsert finds its rows, for every load that names none of its own
 * @param keep of how many publications of a job the images are kept, by which replace, swap and upsert are taken back
 * @param archive the folder that the input is moved to after publishing, or null to leave it; may hold placeholders
 */
public record FinalizeDefinition(
        @DefaultValue("append") Mode publish,
        @DefaultValue List<String> key,
        @DefaultValue("2") int keep,
        @Nullable String archive) {

    private static final int MOST_KEPT = 1_000;

    /** What publishing does to the rows that are there. */
    public enum Mode {
        /** The rows stay and the new ones come to them. */
        APPEND,
        /** The rows go and the new ones take their place. */
        REPLACE,
        /** As REPLACE, and no row is copied: the staging table takes the place of the table. */
        SWAP,
        /** Rows of the same key are updated, the others inserted. */
        UPSERT;

        /** Whether no row that was there stays. */
        public boolean replaces() {
            return this == REPLACE || this == SWAP;
        }
    }

    public FinalizeDefinition {
        key = List.copyOf(key);
        if (keep < 0 || keep > MOST_KEPT) {
            throw new IllegalArgumentException("'keep' must be 0 to " + MOST_KEPT + ", not " + keep);
        }
    }

    /** Of a replay: its rows come to those of the run that it replays, and its input was archived with that. */
    public FinalizeDefinition ofReplay() {
        return new FinalizeDefinition(publish.replaces() ? Mode.APPEND : publish, key, keep, null);
    }
}
