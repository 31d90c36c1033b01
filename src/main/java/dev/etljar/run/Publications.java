package dev.etljar.run;

import dev.etljar.run.Publication.PublishedTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The publication rows: one for each load, written in the transaction that publishes it. */
public final class Publications {

    private static final String INSERT = """
            insert into etl_publication (job_instance_id, load_name, job_name, table_name, mode, row_count, fingerprint, published_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SELECT = """
            select load_name, table_name, mode, row_count, published_at
            from etl_publication where job_instance_id = ? order by load_name
            """;

    private static final String LAST = """
            select job_instance_id, fingerprint from etl_publication
            where job_name = ? order by published_at desc, job_instance_id desc
            """;

    private final JdbcTemplate jdbc;

    public Publications(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** What a job published last. */
    public record Last(long instanceId, String fingerprint) {}

    /** Adds the publication's rows; must be called in the publishing transaction. */
    public void add(String job, long instanceId, String fingerprint, Publication publication) {
        for (PublishedTable table : publication.tables()) {
            jdbc.update(
                    INSERT,
                    instanceId,
                    table.load(),
                    job,
                    table.table(),
                    table.mode(),
                    table.rows(),
                    fingerprint,
                    Timestamp.from(publication.publishedAt()));
        }
    }

    /** What this job instance published, if it did. */
    public Optional<Publication> find(long instanceId) {
        List<Instant> times = jdbc.query(SELECT, (row, n) -> row.getTimestamp(5).toInstant(), instanceId);
        List<PublishedTable> tables = jdbc.query(
                SELECT,
                (row, n) -> new PublishedTable(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                instanceId);
        return times.isEmpty() ? Optional.empty() : Optional.of(new Publication(times.get(0), tables));
    }

    /** The last publication of the job, whichever instance made it. */
    public Optional<Last> last(String job) {
        return jdbc
                .query(LAST + " fetch first 1 row only", (row, n) -> new Last(row.getLong(1), row.getString(2)), job)
                .stream()
                .findFirst();
    }
}
