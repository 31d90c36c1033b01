package dev.etljar.run;

import dev.etljar.database.TableName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A publication row: one load in one table, with what it takes to take it back.
 *
 * @param id allotted by the target's database; what the load's rows carry, and greater than those of earlier publications
 * @param loadIdColumn the column in which the load's rows carry the ID; null where they carry none
 * @param image the table that keeps what the load replaced or overwrote; null where nothing was, or is no longer, kept
 * @param key the columns by which an upsert found its rows; empty for all other modes
 * @param takenBackAt null as long as it was not taken back
 */
public record PublishedLoad(
        long id,
        RunId run,
        String job,
        String table,
        String mode,
        long rows,
        @Nullable String loadIdColumn,
        @Nullable String image,
        List<String> key,
        @Nullable Instant takenBackAt) {

    private static final String APPEND = "append";

    public PublishedLoad {
        key = List.copyOf(key);
    }

    public TableName target() {
        return TableName.of(table);
    }

    /** Whether it took away or changed what earlier publications had brought: none of those can be taken back before it. */
    public boolean buriesEarlier() {
        return !mode.equals(APPEND);
    }

    public boolean wasTakenBack() {
        return takenBackAt != null;
    }
}
