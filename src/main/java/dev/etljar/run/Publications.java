package dev.etljar.run;

import dev.etljar.run.Publication.PublishedTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** The publication rows: one for each load, written in the transaction that publishes it. Times are in UTC. */
public final class Publications {

    private static final String INSERT = """
            insert into etl_publication
              (repository, job_instance_id, load_name, job_name, table_name, mode, row_count, fingerprint, published_at,
               load_id_column, image_table, key_columns)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SELECT = """
            select load_name, table_name, mode, row_count, published_at, taken_back_at
            from etl_publication where repository = ? and job_instance_id = ? order by load_name
            """;

    private static final String LAST = """
            select job_instance_id, fingerprint from etl_publication p
            where repository = ? and job_name = ? and taken_back_at is null and not exists (
              select 1 from etl_replay r where r.repository = p.repository and r.job_instance_id = p.job_instance_id)
            order by id desc limit 1
            """;

    private static final String LOADS = """
            select id, repository, job_instance_id, job_name, table_name, mode, row_count, load_id_column, image_table,
              key_columns, taken_back_at
            from etl_publication where\s""";

    private static final String OF_RUN = LOADS + "repository = ? and job_instance_id = ? order by id";
    private static final String LATER =
            LOADS + "id > ? and lower(table_name) = lower(?) and taken_back_at is null order by id";
    private static final String OF_JOB = LOADS + "repository = ? and job_name = ? order by id desc";
    private static final String TAKE_BACK =
            "update etl_publication set taken_back_at = ? where id = ? and taken_back_at is null";
    private static final String FORGET =
            "delete from etl_publication where repository = ? and job_instance_id = ? and taken_back_at is not null";
    private static final String REPLAYS = """
            select distinct r.job_instance_id from etl_replay r
            where r.repository = ? and r.origin_instance_id = ? and not exists (
              select 1 from etl_publication p where p.repository = r.repository
                and p.job_instance_id = r.job_instance_id and p.taken_back_at is not null)
            order by r.job_instance_id
            """;
    private static final String OF_REPLAYS = "select distinct job_instance_id from etl_replay where repository = ?";
    private static final String DROP_IMAGE = "update etl_publication set image_table = null where id = ?";

    /** What no name of a column has. */
    private static final String BETWEEN_KEYS = "\n";

    private final JdbcTemplate jdbc;

    public Publications(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** What a job published last. */
    public record Last(long instanceId, String fingerprint) {}

    /**
     * How a published load may be taken back; all parts null or empty where it may not.
     *
     * @param loadIdColumn the column in which its rows carry the publication's ID
     * @param image the table that keeps what it replaces or overwrites
     * @param key the columns by which it found its rows
     */
    public record WayBack(
            @Nullable String loadIdColumn, @Nullable String image, List<String> key) {}

    /** Now, as exact as the publication row can hold it. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Adds the row of one load; must be called in the publishing transaction, before any row is written into the target.
     *
     * @return the publication's ID, which the load's rows carry
     */
    public long add(String job, RunId run, String fingerprint, Instant at, PublishedTable table, WayBack back) {
        Object[] values = {
            run.repository(),
            run.instance(),
            table.load(),
            job,
            table.table(),
            table.mode(),
            table.rows(),
            fingerprint,
            utc(at),
            back.loadIdColumn(),
            back.image(),
            back.key().isEmpty() ? null : String.join(BETWEEN_KEYS, back.key())
        };
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.update(
                connection -> {
                    PreparedStatement insert = connection.prepareStatement(INSERT, new String[] {"id"});
                    for (int i = 0; i < values.length; i++) {
                        insert.setObject(i + 1, values[i]);
                    }
                    return insert;
                },
                key);
        return Objects.requireNonNull(key.getKey(), "the database gave no ID").longValue();
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
        List<PublishedTable> tables = jdbc.query(
                SELECT,
                (row, n) -> new PublishedTable(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                run.repository(),
                run.instance());
        return jdbc
                .query(
                        SELECT,
                        (row, n) -> new Publication(
                                Objects.requireNonNull(instant(row, 5)), tables, List.of(), instant(row, 6)),
                        run.repository(),
                        run.instance())
                .stream()
                .findFirst();
    }

    /** Whether this job instance published, and it was not taken back. */
    public boolean stands(RunId run) {
        return find(run).filter(made -> !made.wasTakenBack()).isPresent();
    }

    /** Removes the rows of what this job instance published and was taken back, so that it can publish anew. To be fenced. */
    public void forgetTakenBack(RunId run) {
        jdbc.update(FORGET, run.repository(), run.instance());
    }

    /** The runs that have taken up rejects of this one, but for those whose publication was taken back. */
    public List<Long> replaysOf(RunId run) {
        return jdbc.queryForList(REPLAYS, Long.class, run.repository(), run.instance());
    }

    /**
     * The last publication of the repository's job that was not taken back, whichever instance made it; replays, which add
     * to another, do not count. The database numbers them: by their times an older one would be the last after the clock was
     * set back.
     */
    public Optional<Last> last(String repository, String job) {
        return jdbc.query(LAST, (row, n) -> new Last(row.getLong(1), row.getString(2)), repository, job).stream()
                .findFirst();
    }

    /** The loads that this job instance published, oldest first. */
    public List<PublishedLoad> loads(RunId run) {
        return jdbc.query(OF_RUN, (row, n) -> load(row), run.repository(), run.instance());
    }

    /** What was published into the load's table after it, by whichever repository, and not taken back; oldest first. */
    public List<PublishedLoad> after(PublishedLoad load) {
        return jdbc.query(LATER, (row, n) -> load(row), load.id(), load.table());
    }

    /** All that a repository's job has published, newest first. */
    public List<PublishedLoad> ofJob(String repository, String job) {
        return jdbc.query(OF_JOB, (row, n) -> load(row), repository, job);
    }

    /**
     * The runs whose images are kept: those of the job's last loads that were not taken back, as many as that, and of the
     * replays since the oldest of these. A replay belongs to its load, and so takes no other one's place.
     */
    public Set<RunId> kept(String repository, String job, int loads) {
        Set<Long> replays = Set.copyOf(jdbc.queryForList(OF_REPLAYS, Long.class, repository));
        Set<RunId> kept = new LinkedHashSet<>();
        Set<RunId> counted = new HashSet<>();
        for (PublishedLoad load : ofJob(repository, job)) {
            if (!load.wasTakenBack() && counted.size() < loads) {
                kept.add(load.run());
                if (!replays.contains(load.run().instance())) {
                    counted.add(load.run());
                }
            }
        }
        return kept;
    }

    /**
     * Marks the load as taken back; must be called in the transaction that does so.
     *
     * @throws RunFailedException where it was taken back in between
     */
    public void takeBack(PublishedLoad load, Instant at) {
        if (jdbc.update(TAKE_BACK, utc(at), load.id()) != 1) {
            throw new RunFailedException("Publication " + load.id() + " of table '" + load.table()
                    + "' was taken back by another process meanwhile");
        }
    }

    /** Notes that the load's image is no more. */
    public void forgetImage(PublishedLoad load) {
        jdbc.update(DROP_IMAGE, load.id());
    }

    private static PublishedLoad load(ResultSet row) throws SQLException {
        @Nullable String key = row.getString(10);
        return new PublishedLoad(
                row.getLong(1),
                new RunId(row.getString(2), row.getLong(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                key == null ? List.of() : List.of(key.split(BETWEEN_KEYS, -1)),
                instant(row, 11));
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        @Nullable LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
