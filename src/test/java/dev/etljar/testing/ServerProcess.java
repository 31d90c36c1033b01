package dev.etljar.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The process of a database server that this JVM started: it can be killed with all of its children, and started again
 * exactly as it was, by what Linux knows of it (proc(5)).
 */
final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> command = new ArrayList<>();
    private final List<String> environment;
    private final Path folder;
    private ProcessHandle process;

    /** @param prefix what the command is started by, such as {@code unshare -U} */
    ServerProcess(ProcessHandle process, List<String> prefix) {
        this.process = process;
        Path facts = Path.of("/proc", Long.toString(process.pid()));
        try {
            command.addAll(prefix);
            command.addAll(strings(facts.resolve("cmdline")));
            command.set(
                    prefix.size(), Files.readSymbolicLink(facts.resolve("exe")).toString());
            environment = strings(facts.resolve("environ"));
            folder = Files.readSymbolicLink(facts.resolve("cwd"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> strings(Path file) throws IOException {
        return List.of(Files.readString(file, StandardCharsets.UTF_8).split("\0"));
    }

    /** Kills it with SIGKILL: nothing is flushed, no connection is closed in order. */
    void kill() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    /** Starts it again, and waits until it answers. */
    void start(TestServer server) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        for (String variable : environment) {
            int equals = variable.indexOf('=');
            builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        try {
            process = builder.start().toHandle();
            // Whoever started the first one does not know of this one.
            Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(SQLException.class).until(() -> answers(server));
    }

    private static boolean answers(TestServer server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), server.username(), server.password())) {
            return connection.isValid(1);
        }
    }
}
