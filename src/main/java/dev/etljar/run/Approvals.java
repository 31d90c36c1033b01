package dev.etljar.run;

import dev.etljar.database.Target;
import dev.etljar.run.Approval.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The decisions that runs wait for, in the job repository. A decision is made once, by whoever is first, and in time by the database's clock. */
public final class Approvals {

    private static final String INSERT = """
            insert into etl_approval (job_instance_id, step_name, looked_at, job_execution_id, asked_at, expires_at)
            values (?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;
    private final String now;
    private final String select;
    private final String decide;

    public Approvals(Target repository) {
        this.jdbc = new JdbcTemplate(repository.dataSource());
        this.now = "select " + repository.database().clock();
        this.select = "select job_instance_id, step_name, looked_at, decision, expires_at, decided_by, note,"
                + " decided_at, case when expires_at <= "
                + repository.database().clock() + " then 1 else 0 end"
                + " from etl_approval where job_instance_id = ?";
        this.decide = "update etl_approval set decision = ?, decided_by = ?, note = ?, decided_at = "
                + repository.database().clock()
                + " where job_instance_id = ? and step_name = ? and looked_at = ? and decision is null"
                + " and (expires_at is null or expires_at > "
                + repository.database().clock() + ")";
    }

    /**
     * The decision on what that step execution made; it is asked for where it was not before.
     *
     * @param expires how long it may be made from now on; null for ever
     */
    public Approval ask(long instance, Phase before, long lookedAt, long execution, @Nullable Duration expires) {
        Optional<Approval> known = find(instance, before, lookedAt);
        if (known.isEmpty()) {
            LocalDateTime time = Objects.requireNonNull(jdbc.queryForObject(now, LocalDateTime.class));
            try {
                jdbc.update(
                        INSERT,
                        instance,
                        before.name(),
                        lookedAt,
                        execution,
                        time,
                        expires == null ? null : time.plus(expires));
            } catch (DuplicateKeyException e) {
                // A process that was paused had asked.
            }
        }
        return known.or(() -> find(instance, before, lookedAt)).orElseThrow();
    }

    private Optional<Approval> find(long instance, Phase before, long lookedAt) {
        return jdbc
                .query(
                        select + " and step_name = ? and looked_at = ?",
                        (row, n) -> approval(row),
                        instance,
                        before.name(),
                        lookedAt)
                .stream()
                .findFirst();
    }

    /** What the job instance asked for last. */
    public Optional<Approval> last(long instance) {
        return jdbc
                .query(select + " order by looked_at desc, asked_at desc limit 1", (row, n) -> approval(row), instance)
                .stream()
                .findFirst();
    }

    /** What the job instance had asked for last when this one of its executions ended, as it stands now. */
    public Optional<Approval> askedBy(long instance, long execution) {
        return jdbc
                .query(
                        select + " and job_execution_id <= ? order by looked_at desc, asked_at desc limit 1",
                        (row, n) -> approval(row),
                        instance,
                        execution)
                .stream()
                .findFirst();
    }

    /** Makes the decision, unless it is made already or it is too late; says whether it was. */
    public boolean decide(Approval approval, State decision, String by, @Nullable String note) {
        return jdbc.update(
                        decide,
                        decision.name(),
                        by,
                        note,
                        approval.instance(),
                        approval.before().name(),
                        approval.lookedAt())
                == 1;
    }

    private static Approval approval(ResultSet row) throws SQLException {
        @Nullable String decision = row.getString(4);
        State open = row.getInt(9) == 1 ? State.EXPIRED : State.WAITING;
        return new Approval(
                row.getLong(1),
                Phase.valueOf(row.getString(2)),
                row.getLong(3),
                decision == null ? open : State.valueOf(decision),
                instant(row, 5),
                row.getString(6),
                row.getString(7),
                instant(row, 8));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        @Nullable LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
