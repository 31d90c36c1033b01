package dev.etljar.purge;

import dev.etljar.database.Target;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** The leases of jobs that have no runs: of a start that did not get as far, or of a job whose name was changed. */
record LeaseRows(Target repository) {

    private static final String OLD =
            "etl_lease where lock_until < ? and name not in (select job_name from BATCH_JOB_INSTANCE)";

    /** How many nobody has held for that long. */
    long count(Duration age) {
        return rows(true).remove(OLD, before(age));
    }

    /** Removes these; says how many they were. */
    long remove(Duration age) {
        return rows(false).remove(OLD, before(age));
    }

    /** By the database's clock, and as the rows are written. */
    private LocalDateTime before(Duration age) {
        LocalDateTime now = new JdbcTemplate(repository.dataSource())
                .queryForObject("select " + repository.database().clock(), LocalDateTime.class);
        return Objects.requireNonNull(now, "the database gave no time").minus(age);
    }

    private Rows rows(boolean dryRun) {
        return new Rows(new JdbcTemplate(repository.dataSource()), dryRun);
    }
}
