package dev.etljar.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A PostgreSQL of the binaries below {@code target/databases}. */
final class PostgreSqlServer implements TestServer {

    /** Whether a commit waits for the disk, as on a server that is installed: the tests need not, a benchmark must. */
    /** Several of them may be made at once on a busy machine. */
    private static final Duration STARTUP = Duration.ofMinutes(2);

    private static final String FSYNC = System.getProperty("etl.test.fsync", "off");

    private final EmbeddedPostgres server;
    private final ServerProcess process;

    private PostgreSqlServer(EmbeddedPostgres server) {
        this.server = server;
        // It refuses to run as root; Zonky, too, gives it a name space of users.
        boolean root = System.getProperty("user.name").equals("root");
        this.process = new ServerProcess(postmaster(), root ? List.of("unshare", "-U") : List.of());
    }

    private ProcessHandle postmaster() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            Path file = Path.of(row.getString(1), "postmaster.pid");
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0)))
                    .orElseThrow();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the server's process is not known", e);
        }
    }

    static PostgreSqlServer start(String folder) {
        return start(folder, Map.of());
    }

    /** @param settings of the server's configuration */
    static PostgreSqlServer start(String folder, Map<String, String> settings) {
        Path binaries = Path.of("target/databases", folder, "postgres-linux-x86_64.txz");
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setPgBinaryResolver((system, architecture) -> Files.newInputStream(binaries))
                    .setPGStartupWait(STARTUP)
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("fsync", FSYNC)
                    // Off by Zonky's default: a server that is killed would forget what it had committed.
                    .setServerConfig("synchronous_commit", "on");
            settings.forEach(builder::setServerConfig);
            return new PostgreSqlServer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(binaries + " could not be started", e);
        }
    }

    @Override
    public String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    }

    @Override
    public String username() {
        return "postgres";
    }

    @Override
    public String password() {
        return "postgres";
    }

    @Override
    public void crash() {
        process.kill();
    }

    @Override
    public void restart() {
        process.start(this);
    }
}
