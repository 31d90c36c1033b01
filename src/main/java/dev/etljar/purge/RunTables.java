package dev.etljar.purge;

import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.run.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables that runs have left in the target, as they were when this was made: staging tables and images. */
final class RunTables {

    private final Tables tables;
    private final boolean dryRun;
    private final Map<Long, List<TableName>> staging;
    private final Map<Long, List<TableName>> images;

    RunTables(Target target, String repository, boolean dryRun) {
        this.tables = new Tables(target.database(), target.dataSource());
        this.dryRun = dryRun;
        RunId none = new RunId(repository, 0);
        this.staging = byInstance(none.stagingPrefix());
        this.images = byInstance(none.imagePrefix());
    }

    /** @param prefix of the tables of a run 0 */
    private Map<Long, List<TableName>> byInstance(String prefix) {
        String common = prefix.substring(0, prefix.length() - "0_".length());
        Map<Long, List<TableName>> found = new HashMap<>();
        for (TableName table : tables.names(common)) {
            String[] rest = table.name().substring(common.length()).split("_", -1);
            if (table.name().toLowerCase(Locale.ROOT).startsWith(common) && rest[0].matches("\\d{1,18}")) {
                found.computeIfAbsent(Long.valueOf(rest[0]), instance -> new ArrayList<>())
                        .add(table);
            }
        }
        return found;
    }

    /** Drops the run's staging tables; says how many. */
    long dropStaging(long instance) {
        return drop(staging.get(instance));
    }

    boolean hasImages(long instance) {
        return images.containsKey(instance);
    }

    /** Drops what was kept of rows that the run has replaced or overwritten; says how many tables. */
    long dropImages(long instance) {
        return drop(images.get(instance));
    }

    private long drop(@Nullable List<TableName> there) {
        if (there == null) {
            return 0;
        }
        if (!dryRun) {
            there.forEach(tables::drop);
        }
        return there.size();
    }
}
