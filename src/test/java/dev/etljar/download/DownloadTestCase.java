package dev.etljar.download;

import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunId;
import dev.etljar.run.RunListener;
import dev.etljar.run.Sha256;
import dev.etljar.run.StopSignal;
import dev.etljar.run.Workspace;
import dev.etljar.text.Placeholders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** A home, a run whose pauses are only noted, and what it was heard to say. */
abstract class DownloadTestCase {

    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path home = Path.of("set by JUnit");

    final List<Duration> pauses = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<Progress> progress = new ArrayList<>();
    final StopSignal stop = new StopSignal();
    final Patience patience = new Patience(pauses::add, new Random(7), Clock.fixed(NOW, ZoneOffset.UTC));

    private final RunListener listener = new RunListener() {
        @Override
        public void progressed(Progress said) {
            progress.add(said);
        }

        @Override
        public void noted(Phase phase, String message) {
            notes.add(message);
        }
    };

    RunContext context() {
        return new RunContext(
                "import",
                new RunId("0a1b2c3d", 1),
                home,
                new Workspace(home.resolve("work")),
                new Placeholders(Map.of("date", "2026-11-23"), Map.of("SECRET", "geheim"), home),
                stop,
                listener);
    }

    DownloadStep step(DownloadDefinition... sources) {
        return new DownloadStep(List.of(sources), context(), patience);
    }

    static DownloadDefinition source(String url) {
        return source(url, null);
    }

    static DownloadDefinition source(String url, @Nullable String sha256) {
        return new DownloadDefinition(url, sha256, Duration.ofSeconds(10), Duration.ofSeconds(30), 3);
    }

    static DownloadDefinition impatient(String url) {
        return new DownloadDefinition(url, null, Duration.ofSeconds(10), Duration.ofSeconds(2), 2);
    }

    Path file(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    static String sha256(String content) {
        return Sha256.of(content);
    }

    static String content(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** Every file below the workspace, relative to it. */
    List<String> workspaceFiles() throws IOException {
        Path root = home.resolve("work");
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
