package dev.etljar.repository;

import dev.etljar.database.Database;
import dev.etljar.database.RowsWithCheckpoint;
import dev.etljar.database.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Stores at a chunk's end what Spring Batch stores, in one round trip: it takes three (6.0.6), for the step's context, for
 * its counts, and to ask whether its job is to stop, which is looked for each second anyway. Of a step that has begun and not
 * ended nothing else changes.
 *
 * @param database of the job repository
 * @param store its statement for that, see {@link Database#storeChunk}
 * @param dataSource of the repository, whose transactions are those of the chunks
 * @param errors makes of an error what Spring Batch knows
 */
record ChunkRecords(Database database, String store, DataSource dataSource, SQLExceptionTranslator errors) {

    private static final String TASK = "store a chunk's checkpoint";
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final int ROWS_PARAMETER = 13;

    /** As wide as BATCH_STEP_EXECUTION_CONTEXT.SHORT_CONTEXT, and what Spring Batch leaves of a longer one. */
    private static final int SHORT = 2_500;

    private static final int SHORTENED = SHORT - 8;

    static Optional<ChunkRecords> in(Target repository) {
        DataSource source = repository.dataSource();
        SQLExceptionTranslator errors = new JdbcTemplate(source).getExceptionTranslator();
        Database database = repository.database();
        return database.storeChunk().map(store -> new ChunkRecords(database, store, source, errors));
    }

    /**
     * Stores the step's context and counts, with the rows that were left to go with them.
     *
     * @throws OptimisticLockingFailureException where another process has changed the step: the fence of its chunks
     */
    void store(StepExecution step) {
        step.setLastUpdated(LocalDateTime.now(ZoneId.systemDefault()));
        if (!isStored(step, RowsWithCheckpoint.take())) {
            throw new OptimisticLockingFailureException(
                    "step execution " + step.getId() + " is not of version " + step.getVersion() + " any more");
        }
        step.incrementVersion();
    }

    private boolean isStored(StepExecution step, Optional<RowsWithCheckpoint> rows) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return rows.isPresent() ? isStoredTogether(connection, step, rows.get()) : isStored(connection, step);
        } catch (SQLException e) {
            throw Objects.requireNonNullElseGet(
                    errors.translate(TASK, null, e), () -> new UncategorizedSQLException(TASK, null, e));
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Where a row is refused, nothing is stored, and the rest goes its ordinary way, in the transaction at hand. */
    private boolean isStoredTogether(Connection connection, StepExecution step, RowsWithCheckpoint rows)
            throws SQLException {
        try {
            return isStoredInOneStatement(connection, step, rows);
        } catch (SQLException e) {
            rows.judge().judge(connection, e);
            return isStored(connection, step);
        }
    }

    /**
     * A statement alone is a transaction by itself, with neither a begin nor a commit to wait for. What was executed in the one at
     * hand would be committed here; it goes on whatever becomes of the statement.
     */
    @SuppressWarnings("try") // it is there to be closed
    private boolean isStoredInOneStatement(Connection connection, StepExecution step, RowsWithCheckpoint rows)
            throws SQLException {
        if (database.hasBegun(connection)) {
            throw new IllegalStateException("A statement was executed before the one that stores a chunk of "
                    + step.getStepName() + ", and would be committed without it; let the pool's connections begin with"
                    + " auto-commit, as they do by default");
        }
        connection.setAutoCommit(true);
        try (Ending alone = () -> connection.setAutoCommit(false);
                PreparedStatement statement = connection.prepareStatement(rows.statement())) {
            set(statement, step);
            statement.setString(ROWS_PARAMETER, rows.rows());
            return hasRow(statement);
        }
    }

    private interface Ending extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    private boolean isStored(Connection connection, StepExecution step) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(store)) {
            set(statement, step);
            return hasRow(statement);
        }
    }

    private static boolean hasRow(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /** By their types: to have those guessed is a good part of such a small statement's cost, and so is a time as text. */
    private static void set(PreparedStatement statement, StepExecution step) throws SQLException {
        String context = serialized(step.getExecutionContext());
        boolean fits = context.length() <= SHORT;
        statement.setLong(1, step.getCommitCount());
        statement.setLong(2, step.getReadCount());
        statement.setLong(3, step.getFilterCount());
        statement.setLong(4, step.getWriteCount());
        statement.setLong(5, step.getProcessSkipCount());
        statement.setLong(6, step.getRollbackCount());
        statement.setLong(7, ChronoUnit.MICROS.between(EPOCH, step.getLastUpdated()));
        statement.setLong(8, step.getId());
        statement.setInt(9, Objects.requireNonNull(step.getVersion(), "a step that is stored has a version"));
        statement.setString(10, fits ? context : context.substring(0, SHORTENED) + " ...");
        statement.setString(11, fits ? null : context);
        statement.setLong(12, step.getId());
    }

    private static String serialized(ExecutionContext context) {
        Map<String, Object> entries = new HashMap<>();
        context.entrySet().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            BatchConfiguration.SERIALIZER.serialize(entries, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
