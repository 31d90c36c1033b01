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
 * Takes turns with a process that writes into a home's embedded database, as another one that writes: in a turn that process is
 * between two of its transactions, and stays there.
 */
public final class WritersTurn implements AutoCloseable {

    /** It is the lock that is wanted, not what it guards. */
    private static final String NO_DATABASE = "jdbc:h2:mem:";

    private final OneWriter writer;

    private WritersTurn(OneWriter writer) {
        this.writer = writer;
    }

    /** Turns with what runs in this home. */
    public static WritersTurn in(EtlHome home) {
        String url = home.repository().address().url();
        Path lockFile = Database.of(url).writerLock(url).orElseThrow(() -> new IllegalArgumentException(url));
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(NO_DATABASE);
        OneWriter writer = new OneWriter(pool, lockFile);
        try {
            writer.enforce();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WritersTurn(writer);
    }

    /** Waits for a turn, and does this in it. */
    public boolean take(BooleanSupplier what) {
        try (Connection turn = writer.getConnection();
                Statement first = turn.createStatement()) {
            first.execute("select 1");
            return what.getAsBoolean();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
