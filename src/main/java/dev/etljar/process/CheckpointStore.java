package dev.etljar.process;

import dev.etljar.csv.Position;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Where the checkpoint of one partition is kept, in the transaction of its chunks. */
interface CheckpointStore {

    /**
     * Spring Batch's own: the step's ExecutionContext, which the job repository stores in the chunk's transaction where
     * repository and target are one database. The step's version fences an owner that was taken over.
     */
    CheckpointStore IN_CONTEXT = new CheckpointStore() {
        @Override
        public Checkpoint open(ExecutionContext context, Position from) {
            return Checkpoint.of(context, from);
        }

        @Override
        public void store(Checkpoint checkpoint, ExecutionContext context) {
            checkpoint.store(context);
        }
    };

    /**
     * Where to go on, at the start of the partition's step.
     *
     * @param from where the partition begins
     */
    Checkpoint open(ExecutionContext context, Position from);

    /** Stores the checkpoint; called in the chunk's transaction, after the chunk was written. */
    void store(Checkpoint checkpoint, ExecutionContext context);
}
