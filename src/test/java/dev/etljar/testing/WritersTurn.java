package dev.etljar.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.etljar.database.Database;
import dev.etljar.database.OneWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;

/**
 * Takes turns with a process that stores chunk after chunk, as another one that writes: in a turn that process is between two
 * chunks, or waits for the end of the turn to store its next one.
 */
public final class WritersTurn implements AutoCloseable {

    /** It is the lock that is wanted, not what it guards. */
    private static final String NO_DATABASE = "jdbc:h2:mem:";

    private final Turns turns;

    private interface Turns extends AutoCloseable {

        /** The turn ends when the connection is closed. */
        Connection next() throws SQLException;

        @Override
        void close();
    }

    private WritersTurn(Turns turns) {
        this.turns = turns;
    }

    /** Turns with what runs in this home. */
    public static WritersTurn in(EtlHome home) {
        String url = home.repository().address().url();
        return new WritersTurn(Database.of(url)
                .writerLock(url)
                .<Turns>map(EmbeddedTurns::of)
                .orElseGet(() -> new StepsTurns(home.repository())));
    }

    /** Waits for a turn, and does this in it. */
    public boolean take(BooleanSupplier what) {
        try (Connection turn = turns.next()) {
            boolean done = what.getAsBoolean();
            if (!turn.getAutoCommit()) {
                turn.rollback();
            }
            return done;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        turns.close();
    }

    /** An embedded database has one writer at a time. */
    private record EmbeddedTurns(OneWriter writer) implements Turns {

        static EmbeddedTurns of(Path lockFile) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(NO_DATABASE);
            OneWriter writer = new OneWriter(pool, lockFile);
            try {
                writer.enforce();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new EmbeddedTurns(writer);
        }

        @Override
        public Connection next() throws SQLException {
            return holding(writer.getConnection(), "select 1");
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    /** Each chunk updates the record of its step. */
    private record StepsTurns(EtlHome home) implements Turns {

        @Override
        public Connection next() throws SQLException {
            Connection connection = home.connect();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return holding(connection, "select step_name from BATCH_STEP_EXECUTION for update");
        }

        @Override
        public void close() {}
    }

    private static Connection holding(Connection connection, String lock) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(lock);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
