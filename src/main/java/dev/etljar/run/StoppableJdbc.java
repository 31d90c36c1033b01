package dev.etljar.run;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Cancels the statement that is running when the run is asked to stop: a statement on millions of rows would outlast the
 * time that a scheduler gives between SIGTERM and SIGKILL. Used by one thread.
 */
public final class StoppableJdbc extends JdbcTemplate {

    private final StopSignal stop;
    private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();

    public StoppableJdbc(DataSource dataSource, StopSignal stop) {
        super(dataSource);
        this.stop = stop;
        stop.onRequest(this::cancel);
    }

    @Override
    protected void applyStatementSettings(Statement statement) throws SQLException {
        super.applyStatementSettings(statement);
        running.set(statement);
        stop.throwIfRequested();
    }

    /** What a cancelled statement throws is that the run was stopped. */
    @Override
    protected DataAccessException translateException(String task, @Nullable String sql, SQLException error) {
        stop.throwIfRequested();
        return super.translateException(task, sql, error);
    }

    private void cancel() {
        @Nullable Statement statement = running.get();
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                logger.debug("The statement could not be cancelled; it is waited for", e);
            }
        }
    }
}
