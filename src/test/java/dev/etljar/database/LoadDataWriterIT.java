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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What MariaDB's {@code LOAD DATA} does in its own way. */
@ParameterizedClass
@EnumSource(names = {"MARIADB_OLDEST", "MARIADB_NEWEST"})
record LoadDataWriterIT(TestDatabase kind) {

    private static final Duration LEASE = Duration.ofSeconds(1);
    /** Far less than the server's default of 30 seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The table was there before, and its texts have the server's default of old. */
    @Test
    void textIsConvertedToTheCharacterSetOfItsColumn(@TempDir Path folder) throws SQLException {
        try (EtlHome home = EtlHome.on(kind, folder);
                Connection connection = home.connect()) {
            home.execute(
                    "create table staged (u varchar(10), l varchar(10) character set latin1) character set utf8mb4");
            Database database = Database.of(connection.getMetaData().getURL());
            RowWriter writer = database.rowWriter(
                    new SingleConnectionDataSource(connection, true), TableName.of("staged"), List.of("u", "l"), 1);

            writer.add(new Object[] {"ä€", "ä€"});
            writer.write(connection);

            assertThat(home.value("select hex(u) from staged")).isEqualTo("C3A4E282AC");
            assertThat(home.value("select hex(l) from staged")).isEqualTo("E480");
        }
    }

    /** Who is paused while the server waits for its rows is not idle to the server, and keeps the table's lock. */
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
            try {
                assertThat(rows.awaited.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                await().atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(SQLException.class)
                        .until(() -> {
                            drop.execute("drop table staged");
                            return true;
                        });
            } finally {
                rows.over.countDown();
            }
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
