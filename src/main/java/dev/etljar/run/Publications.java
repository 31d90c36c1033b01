package dev.etljar.run;

import dev.etljar.run.Publication.PublishedTable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The publication rows: one for each load, written in the transaction that publishes it. Times are in UTC. */
public final class Publications {

    private static final String INSERT = """
            insert into etl_publication
              (repository, job_instance_id, load_name, job_name, table_name, mode, row_count, fingerprint, published_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SELECT = """
            select load_name, table_name, mode, row_count, published_at
            from etl_publication where repository = ? and job_instance_id = ? order by load_name
            """;

    private static final String LAST = """
            select job_instance_id, fingerprint from etl_publication p
            where repository = ? and job_name = ? and not exists (
              select 1 from etl_replay r where r.repository = p.repository and r.job_instance_id = p.job_instance_id)
            order by id desc limit 1
            """;

    private final JdbcTemplate jdbc;

    public Publications(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** What a job published last. */
    public record Last(long instanceId, String fingerprint) {}

    /** Now, as exact as the publication row can hold it. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** Adds the publication's rows; must be called in the publishing transaction. */
    public void add(String job, RunId run, String fingerprint, Publication publication) {
        for (PublishedTable table : publication.tables()) {
            jdbc.update(
                    INSERT,
                    run.repository(),
                    run.instance(),
                    table.load(),
                    job,
                    table.table(),
                    table.mode(),
                    table.rows(),
                    fingerprint,
                    LocalDateTime.ofInstant(publication.publishedAt(), ZoneOffset.UTC));
        }
    }

    /** The run whose rejects this one replayed first of all, if it did. */
    public Optional<Long> replayedBy(RunId run) {
        return jdbc
                .queryForList(
                        "select distinct origin_instance_id from etl_replay where repository = ? and job_instance_id = ?",
                        Long.class,
                        run.repository(),
                        run.instance())
                .stream()
                .findFirst();
    }

    /** What this job instance published, if it did. */
    public Optional<Publication> find(RunId run) {
        List<Instant> times = jdbc.query(
                SELECT,
                (row, n) -> row.getObject(5, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                run.repository(),
                run.instance());
        List<PublishedTable> tables = jdbc.query(
                SELECT,
                (row, n) -> new PublishedTable(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                run.repository(),
                run.instance());
        return times.isEmpty() ? Optional.empty() : Optional.of(new Publication(times.get(0), tables));
    }

    /**
     * The last publication of the repository's job, whichever instance made it; replays, which add to another, do not count. The database numbers them: by their times
     * an older one would be the last after the clock was set back.
     */
    public Optional<Last> last(String repository, String job) {
        return jdbc.query(LAST, (row, n) -> new Last(row.getLong(1), row.getString(2)), repository, job).stream()
                .findFirst();
    }
}
