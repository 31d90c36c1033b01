package dev.etljar.lease;

import dev.etljar.database.Database;
import dev.etljar.database.Target;
import java.time.Duration;
import java.util.Optional;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gives leases out, by ShedLock's rows and the database's clock:
 *
 * <ol>
 *   <li>A row that nobody has, or whose time is over, is taken in one statement; of two starts one gets it.
 *   <li>A row whose owner ran on this machine and is no more is set free at once, by a statement that names that owner,
 *       so that of two starts that see the same dead owner one gets the lease.
 *   <li>A row whose owner ran elsewhere is waited for until its time is over. A file that this machine's processes open
 *       leaves nobody elsewhere alive.
 *   <li>Any other row has a live owner.
 * </ol>
 *
 * <p>In an embedded database there is no heartbeat, which would write beside a chunk: the lease has no end, and whether its
 * owner lives is asked of the operating system.
 */
public final class Leases {

    private static final String SELECT = "select locked_by from etl_lease where name = ?";
    /** By the database's clock, and as the rows are written. */
    private static final String HELD = SELECT + " and lock_until > ";

    private static final String SET_FREE =
            "update etl_lease set lock_until = locked_at where name = ? and locked_by = ?";
    private static final Duration WITHOUT_END = Duration.ofDays(3_650);
    private static final int TRIES = 3;

    private final Database database;
    private final JdbcTemplate jdbc;
    private final JdbcTemplate looking;
    private final Duration time;
    private final Owner self = Processes.self();
    private final JdbcTemplateLockProvider locks;

    /** @param time how long a lease lasts without a heartbeat */
    public Leases(Target repository, Duration time) {
        this.database = repository.database();
        this.jdbc = new JdbcTemplate(repository.dataSource());
        this.looking = new JdbcTemplate(repository.looking());
        this.time = database.embedded() ? WITHOUT_END : time;
        this.locks = new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
                .withJdbcTemplate(jdbc)
                .withTransactionManager(repository.transactions())
                .withTableName("etl_lease")
                .withLockedByValue(self.toString())
                .usingDbTime()
                .build());
    }

    /** How long a lease lasts without a heartbeat. */
    public Duration time() {
        return time;
    }

    /**
     * The live process that has the job's lease in an embedded database, found without a write, which would wait for the
     * chunk that this process is at.
     */
    public Optional<Owner> liveOwner(String job) {
        return database.embedded() ? holder(job) : Optional.empty();
    }

    /** The live process that has the job's lease, other than this one; found without a write. */
    public Optional<Owner> holder(String job) {
        return held(job).filter(owner -> !isGone(owner));
    }

    /** The live process that has the job's lease, perhaps this one; found without a write. */
    public Optional<Owner> worker(String job) {
        return held(job).filter(owner -> owner.equals(self) || !isGone(owner));
    }

    private Optional<Owner> held(String job) {
        return looking.queryForList(HELD + database.clock(), String.class, job).stream()
                .map(Owner::parse)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Who has the job's lease, or had it last. */
    public Optional<Owner> owner(String job) {
        return jdbc.queryForList(SELECT, String.class, job).stream()
                .map(Owner::parse)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Takes the job's lease, or says nothing where another process has it.
     *
     * @param whenLost is run when the lease was lost while it was held
     */
    public Optional<Lease> take(String job, Runnable whenLost) {
        for (int i = 0; i < TRIES; i++) {
            Optional<SimpleLock> lock =
                    locks.lock(new LockConfiguration(ClockProvider.now(), job, time, Duration.ZERO));
            if (lock.isPresent()) {
                Lease lease = new Lease(job, self, jdbc, lock.get());
                if (!database.embedded()) {
                    lease.keepAlive(time, whenLost);
                }
                return Optional.of(lease);
            }
            if (!setFreeWhereGone(job)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean setFreeWhereGone(String job) {
        Optional<Owner> gone = owner(job).filter(this::isGone);
        gone.ifPresent(owner -> jdbc.update(SET_FREE, job, owner.toString()));
        return gone.isPresent();
    }

    /** This process, which runs one job at a time, left it behind when it last could not reach the database. */
    private boolean isGone(Owner owner) {
        return owner.equals(self)
                || Processes.isGone(owner)
                || (database.embedded() && !owner.place().equals(self.place()));
    }
}
