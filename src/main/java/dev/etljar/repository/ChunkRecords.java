package dev.etljar.repository;

import dev.etljar.database.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores at a chunk's end what Spring Batch stores, in one round trip: it takes three (6.0.6), for the step's context, for
 * its counts, and to ask for the job's status. Of a step that has begun and not ended nothing else changes.
 *
 * @param store the database's statement for it, see {@link dev.etljar.database.Database#storeChunk}
 */
record ChunkRecords(String store, JdbcTemplate jdbc) {

    /** As wide as BATCH_STEP_EXECUTION_CONTEXT.SHORT_CONTEXT, and what Spring Batch leaves of a longer one. */
    private static final int SHORT = 2_500;

    private static final int SHORTENED = SHORT - 8;

    static Optional<ChunkRecords> in(Target repository) {
        return repository
                .database()
                .storeChunk()
                .map(store -> new ChunkRecords(store, new JdbcTemplate(repository.dataSource())));
    }

    /**
     * Stores the step's context and counts, and passes on to it that its job is to stop.
     *
     * @throws OptimisticLockingFailureException where another process has changed the step: the fence of its chunks
     */
    void store(StepExecution step) {
        step.setLastUpdated(LocalDateTime.now(ZoneId.systemDefault()));
        String context = serialized(step.getExecutionContext());
        List<String> job = jdbc.query(store, statement -> set(statement, step, context), (row, n) -> row.getString(1));
        if (job.isEmpty()) {
            throw new OptimisticLockingFailureException(
                    "step execution " + step.getId() + " is not of version " + step.getVersion() + " any more");
        }
        step.incrementVersion();
        if (BatchStatus.STOPPING.name().equals(job.get(0))) {
            step.setTerminateOnly();
        }
    }

    /** By their types: to have those guessed is a good part of such a small statement's cost. */
    private static void set(PreparedStatement statement, StepExecution step, String context) throws SQLException {
        boolean fits = context.length() <= SHORT;
        statement.setString(1, fits ? context : context.substring(0, SHORTENED) + " ...");
        statement.setString(2, fits ? null : context);
        statement.setLong(3, step.getId());
        statement.setLong(4, step.getCommitCount());
        statement.setLong(5, step.getReadCount());
        statement.setLong(6, step.getFilterCount());
        statement.setLong(7, step.getWriteCount());
        statement.setLong(8, step.getProcessSkipCount());
        statement.setLong(9, step.getRollbackCount());
        statement.setObject(10, step.getLastUpdated());
        statement.setLong(11, step.getId());
        statement.setInt(12, Objects.requireNonNull(step.getVersion(), "a step that is stored has a version"));
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
