package dev.etljar.purge;

import dev.etljar.database.Target;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of runs in the database that they load into. */
final class TargetRows {

    private static final List<String> TABLES = List.of("etl_reject", "etl_header", "etl_replay", "etl_checkpoint");

    private final Rows rows;
    private final String repository;
    private final PublicationRows publications;

    TargetRows(Target target, String repository, PublicationRows publications, boolean dryRun) {
        this.rows = new Rows(new JdbcTemplate(target.dataSource()), dryRun);
        this.repository = repository;
        this.publications = publications;
    }

    /** To be called in a transaction. */
    long remove(OldRun run) {
        long removed = publications.remove(run.instance(), run.lineStays());
        for (String table : TABLES) {
            removed += rows.remove(table + " where repository = ? and job_instance_id = ?", repository, run.instance());
        }
        return removed;
    }
}
