package dev.etljar.purge;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows of one database that are deleted or, in a dry run, counted. */
record Rows(JdbcTemplate jdbc, boolean dryRun) {

    /** IDs in one statement. */
    private static final int TOGETHER = 100;

    /** @param table the table and the condition */
    long remove(String table, Object... values) {
        if (!dryRun) {
            return jdbc.update("delete from " + table, values);
        }
        @Nullable Long count = jdbc.queryForObject("select count(*) from " + table, Long.class, values);
        return count == null ? 0 : count;
    }

    /** @param table the table, and the condition up to the IDs */
    long removeAll(String table, List<Long> ids) {
        long rows = 0;
        for (int from = 0; from < ids.size(); from += TOGETHER) {
            List<Long> some = ids.subList(from, Math.min(from + TOGETHER, ids.size()));
            rows += remove(table + places(some.size()), some.toArray());
        }
        return rows;
    }

    private static String places(int count) {
        return " in (" + String.join(", ", Collections.nCopies(count, "?")) + ")";
    }
}
