package dev.etljar.rerun;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.rerun.RerunPlan.StagedRows;
import dev.etljar.run.Publications;
import dev.etljar.run.RunId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a run has left in its target, found without a change; nothing where the target was never loaded into. */
record Remains(Target target, RunId run) {

    private static final String REJECTS =
            "select count(*) from etl_reject where repository = ? and job_instance_id = ?";

    /** Of another run into the same target. */
    Remains of(long instance) {
        return new Remains(target, new RunId(run.repository(), instance));
    }

    /** Whether it published, and that was not taken back. */
    boolean isPublished() {
        return isThere() && publications().stands(run);
    }

    /** Whether it is known to have published, whether or not that was taken back. */
    boolean hasPublication() {
        return isThere() && publications().find(run).isPresent();
    }

    /** The runs that have taken up its rejects, but for those whose publication was taken back. */
    List<Long> replays() {
        return isThere() ? publications().replaysOf(run) : List.of();
    }

    List<StagedRows> staged() {
        List<StagedRows> staged = new ArrayList<>();
        for (TableName table : new Tables(target.database(), target.dataSource()).names(run.stagingPrefix())) {
            staged.add(new StagedRows(
                    table.name(),
                    count("select count(*) from " + target.database().quote(table))));
        }
        return staged;
    }

    long rejects() {
        return isThere() ? count(REJECTS, run.repository(), run.instance()) : 0;
    }

    private boolean isThere() {
        return EtlSchema.existsInTarget(target.database(), target.dataSource());
    }

    private Publications publications() {
        return new Publications(target.dataSource());
    }

    private long count(String query, Object... values) {
        @Nullable Long count = new JdbcTemplate(target.dataSource()).queryForObject(query, Long.class, values);
        return count == null ? 0 : count;
    }
}
