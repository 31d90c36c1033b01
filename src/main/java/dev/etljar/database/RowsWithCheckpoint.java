package dev.etljar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The rows of a small chunk, which go to the database in the statement that stores the chunk's checkpoint: one round trip, and a
 * transaction by itself. The writer leaves them with the thread, as Spring does with a transaction's resources, and whoever
 * stores the checkpoint in the same transaction takes them.
 *
 * @param statement stores the checkpoint and inserts them, see {@link Database#storeChunkWith}
 * @param rows its last parameter
 * @param judge what is to be done where the database refuses one of them
 */
public record RowsWithCheckpoint(String statement, String rows, Judge judge) {

    /** Inserts, in the transaction, the rows that the database takes, and rejects the others. */
    public interface Judge {

        /** @throws SQLException the refusal itself where it is none, or another */
        void judge(Connection connection, SQLException refusal) throws SQLException;
    }

    static void leave(RowsWithCheckpoint rows) {
        TransactionSynchronizationManager.bindResource(RowsWithCheckpoint.class, rows);
        TransactionSynchronizationManager.registerSynchronization(new NobodyForgetsThem());
    }

    /** What was left in this transaction and not yet taken. */
    public static Optional<RowsWithCheckpoint> take() {
        @Nullable Object rows = TransactionSynchronizationManager.unbindResourceIfPossible(RowsWithCheckpoint.class);
        return Optional.ofNullable((RowsWithCheckpoint) rows);
    }

    /** Rows that were not taken end with their transaction, which is not committed without them. */
    private static final class NobodyForgetsThem implements TransactionSynchronization {

        @Override
        public void beforeCommit(boolean readOnly) {
            if (TransactionSynchronizationManager.hasResource(RowsWithCheckpoint.class)) {
                throw new IllegalStateException("no checkpoint was stored with the rows of this transaction");
            }
        }

        @Override
        public void afterCompletion(int status) {
            take();
        }
    }
}
