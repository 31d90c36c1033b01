package dev.etljar.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.TestDatabase;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** MariaDB: who is paused while the server waits for its rows is not idle to the server, and keeps the table's lock. */
@ParameterizedClass
@EnumSource(names = {"MARIADB_OLDEST", "MARIADB_NEWEST"})
record SilentWriterIT(TestDatabase kind) {

    private static final Duration LEASE = Duration.ofSeconds(1);
    /** Far less than the server's default of 30 seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Test
    void oneThatSendsNoRowsForItsLeaseHoldsTheTableNoLonger(@TempDir Path folder) throws Exception {
        try (EtlHome home = EtlHome.on(kind, folder);
                Connection silent = home.connect();
                Connection other = home.connect();
                Statement drop = other.createStatement()) {
            home.execute("create table staged (v integer)");
            Silence rows = new Silence();
            prepare(silent);
            prepare(other);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> load(silent, rows));
            rows.awaited.await();

            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> {
                        drop.execute("drop table staged");
                        return true;
                    });

            rows.over.countDown();
            assertThat(load).failsWithin(PATIENCE).withThrowableOfType(ExecutionException.class);
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        Database database = Database.of(connection.getMetaData().getURL());
        try (Statement statement = connection.createStatement()) {
            statement.execute(database.sessionSettings(LEASE));
        }
    }

    private static void load(Connection connection, InputStream rows) {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.unwrap(org.mariadb.jdbc.Statement.class).setLocalInfileInputStream(rows);
            statement.execute("load data local infile 'rows' into table staged");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows that do not come, to a server that waits for them. */
    private static final class Silence extends InputStream {

        private final CountDownLatch awaited = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public int read() {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] into, int from, int length) {
            awaited.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return -1;
        }
    }
}
