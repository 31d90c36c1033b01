package dev.etljar.repository;

import dev.etljar.database.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
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

    private static final ExecutionContextSerializer SERIALIZER = new JacksonExecutionContextStringSerializer();

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
        boolean fits = context.length() <= SHORT;
        List<@Nullable String> job = jdbc.queryForList(
                store,
                String.class,
                fits ? context : context.substring(0, SHORTENED) + " ...",
                fits ? null : context,
                step.getId(),
                step.getCommitCount(),
                step.getReadCount(),
                step.getFilterCount(),
                step.getWriteCount(),
                step.getProcessSkipCount(),
                step.getRollbackCount(),
                step.getLastUpdated(),
                step.getId(),
                step.getVersion());
        if (job.isEmpty()) {
            throw new OptimisticLockingFailureException(
                    "step execution " + step.getId() + " is not of version " + step.getVersion() + " any more");
        }
        step.incrementVersion();
        if (BatchStatus.STOPPING.name().equals(job.get(0))) {
            step.setTerminateOnly();
        }
    }

    private static String serialized(ExecutionContext context) {
        Map<String, Object> entries = new HashMap<>();
        context.entrySet().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            SERIALIZER.serialize(entries, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
