package dev.etljar.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Gives out one connection at a time, over all processes of this machine that write: an embedded database may tear a
 * commit when a process is killed while several transactions write (seen with H2). Between processes a locked file
 * decides, which the operating system unlocks when a process dies.
 *
 * <p>A process that only looks on does not wait: the lock begins with {@link #enforce()}.
 */
public final class OneWriter extends LazyConnectionDataSourceProxy implements AutoCloseable {

    /** A file that a killed process has left behind takes H2 seconds, and each process waits for its turn to open it. */
    private static final long PATIENCE_MS = 30_000;

    /** Who configures less than the default is to be taken at their word. */
    private static final long DEFAULT_MS = 10_000;

    private final HikariDataSource pool;
    private final LockedSource locked;

    /**
     * A transaction takes its connection with its first statement, so that nobody waits while a chunk is read.
     *
     * @param pool is closed with this
     * @param lockFile is made where it is missing, and is never removed
     */
    public OneWriter(HikariDataSource pool, Path lockFile) {
        this.pool = pool;
        this.locked = new LockedSource(pool, lockFile);
        if (pool.getConnectionTimeout() >= DEFAULT_MS) {
            pool.setConnectionTimeout(Math.max(PATIENCE_MS, pool.getConnectionTimeout()));
        }
        pool.setDataSource(new OpenedInTurn(driver(pool), lockFile.resolveSibling(lockFile.getFileName() + ".open")));
        setTargetDataSource(locked);
        setDefaultAutoCommit(true);
        setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }

    /** Connections as the pool makes them. */
    static DataSource driver(HikariDataSource pool) {
        return new DriverDataSource(
                pool.getJdbcUrl(),
                pool.getDriverClassName(),
                pool.getDataSourceProperties(),
                pool.getUsername(),
                pool.getPassword());
    }

    /** From here on this process writes. */
    public void enforce() throws IOException {
        locked.enforce();
    }

    /** Connections that wait for nobody. What is done on them must not write. */
    DataSource looking() {
        return pool;
    }

    /** From here on the end matters more than waiting for other processes, or for connections. */
    void hurry() {
        locked.hurry();
        Target.hurry(pool);
    }

    @Override
    public void close() {
        pool.close();
    }
}
