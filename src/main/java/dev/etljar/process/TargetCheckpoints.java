package dev.etljar.process;

import dev.etljar.csv.Position;
import dev.etljar.database.Target;
import dev.etljar.run.RunId;
import dev.etljar.run.TakenOverException;
import java.util.Optional;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The checkpoints of a target that is not the job repository's database. Spring Batch commits its records of a chunk
 * before the chunk's transaction in the target, so after a kill they may be ahead of the rows (or, on some databases,
 * behind them). The row in the target shares the rows' transaction and is the truth, as the offset in the sink is with
 * Kafka Connect's sinks.
 *
 * <ol>
 *   <li>A step that begins writes its step execution's ID into its partition's row; IDs only grow.
 *   <li>Each chunk updates the row where that ID still stands there, and the position that its step stored last.
 *   <li>An owner that was taken over finds a larger ID, and a step whose last chunk a server forgot an earlier position: its
 *       update meets no row, and its chunk is rolled back.
 * </ol>
 */
final class TargetCheckpoints {

    private static final String SELECT = """
            select byte_offset, record_number, line_number, loaded, rejected, filtered
            from etl_checkpoint where repository = ? and job_instance_id = ? and part = ?
            """;

    private static final String INSERT = """
            insert into etl_checkpoint
              (repository, job_instance_id, part, step_execution_id,
               byte_offset, record_number, line_number, loaded, rejected, filtered)
            values (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)
            """;

    private static final String CLAIM = """
            update etl_checkpoint set step_execution_id = ?
            where repository = ? and job_instance_id = ? and part = ? and step_execution_id <= ?
            """;

    private static final String STORE = """
            update etl_checkpoint set byte_offset = ?, record_number = ?, line_number = ?,
              loaded = ?, rejected = ?, filtered = ?
            where repository = ? and job_instance_id = ? and part = ? and step_execution_id = ? and byte_offset = ?
            """;

    private static final String DELETE = "delete from etl_checkpoint where repository = ? and job_instance_id = ?";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final RunId run;

    TargetCheckpoints(Target target, RunId run) {
        this.jdbc = new JdbcTemplate(target.dataSource());
        this.transaction = new TransactionTemplate(target.transactions());
        this.run = run;
    }

    /** The partition's checkpoint as it was last committed. */
    Optional<Checkpoint> find(Partition partition) {
        return jdbc
                .query(
                        SELECT,
                        (row, n) -> new Checkpoint(
                                partition.range().from(),
                                new Position(row.getLong(1), row.getLong(2), row.getLong(3)),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)),
                        run.repository(),
                        run.instance(),
                        partition.name())
                .stream()
                .findFirst();
    }

    /** Removes the run's rows, with which its staged rows are given up. */
    void discard() {
        jdbc.update(DELETE, run.repository(), run.instance());
    }

    /** The partition's checkpoint as its step keeps it. */
    CheckpointStore of(Partition partition, long stepExecutionId) {
        return new Claimed(partition, stepExecutionId);
    }

    private final class Claimed implements CheckpointStore {

        private final Partition partition;
        private final String part;
        private final long stepExecutionId;
        private long offset;

        Claimed(Partition partition, long stepExecutionId) {
            this.partition = partition;
            this.part = partition.name();
            this.stepExecutionId = stepExecutionId;
        }

        @Override
        public Checkpoint open(ExecutionContext context, Position from) {
            insertMissing(from);
            transaction.executeWithoutResult(status -> require(
                    jdbc.update(CLAIM, stepExecutionId, run.repository(), run.instance(), part, stepExecutionId)));
            Checkpoint checkpoint = find(partition).orElseThrow();
            offset = checkpoint.position().offset();
            checkpoint.store(context);
            return checkpoint;
        }

        @Override
        public void store(Checkpoint checkpoint, ExecutionContext context) {
            require(jdbc.update(
                    STORE,
                    checkpoint.position().offset(),
                    checkpoint.position().record(),
                    checkpoint.position().line(),
                    checkpoint.loaded(),
                    checkpoint.rejected(),
                    checkpoint.filtered(),
                    run.repository(),
                    run.instance(),
                    part,
                    stepExecutionId,
                    offset));
            offset = checkpoint.position().offset();
            checkpoint.store(context);
        }

        private void insertMissing(Position from) {
            if (find(partition).isEmpty()) {
                try {
                    jdbc.update(
                            INSERT,
                            run.repository(),
                            run.instance(),
                            part,
                            stepExecutionId,
                            from.offset(),
                            from.record(),
                            from.line());
                } catch (DuplicateKeyException e) {
                    // Another process inserted it; the claim decides whose it is.
                }
            }
        }

        private void require(int rows) {
            if (rows != 1) {
                throw new TakenOverException("The checkpoint of " + part
                        + " is not the one that was stored last: another process goes on, or the target has lost it");
            }
        }
    }
}
