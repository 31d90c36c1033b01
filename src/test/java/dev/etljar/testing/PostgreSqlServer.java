package dev.etljar.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL of the binaries below {@code target/databases}. */
final class PostgreSqlServer implements TestServer {

    private final EmbeddedPostgres server;

    private PostgreSqlServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static PostgreSqlServer start(String folder) {
        Path binaries = Path.of("target/databases", folder, "postgres-linux-x86_64.txz");
        try {
            return new PostgreSqlServer(EmbeddedPostgres.builder()
                    .setPgBinaryResolver((system, architecture) -> Files.newInputStream(binaries))
                    .setServerConfig("max_connections", "200")
                    .start());
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
    public void crashAndRestart() {
        throw new UnsupportedOperationException("see FaultsIT");
    }
}
