package dev.etljar.extract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.run.DataRefusedException;
import dev.etljar.run.FileStamp;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A workspace, and downloads in it. */
abstract class ExtractTestCase {

    @TempDir
    Path home = Path.of("set by JUnit");

    final StopSignal stop = new StopSignal();
    final List<Progress> progress = new ArrayList<>();
    long stopAfterBytes = Long.MAX_VALUE;

    private final RunListener listener = new RunListener() {
        @Override
        public void progressed(Progress said) {
            progress.add(said);
            if (said.phase() == Phase.EXTRACT && said.position() >= stopAfterBytes) {
                stop.request();
            }
        }
    };

    static ExtractDefinition including(String... globs) {
        return new ExtractDefinition(List.of(globs), 10_000, DataSize.ofGigabytes(100), 200);
    }

    static ExtractDefinition limits(int maxEntries, long maxBytes, int maxRatio) {
        return new ExtractDefinition(List.of("**"), maxEntries, DataSize.ofBytes(maxBytes), maxRatio);
    }

    RunContext context(StopSignal signal) {
        return new RunContext(
                "import",
                new RunId("0a1b2c3d", 1),
                home,
                new Workspace(home.resolve("work")),
                new Placeholders(Map.of(), Map.of(), Path.of(".")),
                signal,
                listener);
    }

    InputFile download(String name, byte[] content) {
        try {
            Path path = home.resolve("download").resolve(name);
            Files.createDirectories(path.getParent());
            Files.write(path, content);
            return new InputFile(
                    name,
                    path,
                    content.length,
                    Sha256.of(path, new StopSignal()),
                    "https://host/" + name,
                    FileStamp.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the step as a new process would, and gives names and contents in their order. */
    Map<String, String> extract(ExtractDefinition definition, InputFile... downloads) {
        return contents(new ExtractStep(definition, context(new StopSignal())).run(new InputFiles(List.of(downloads))));
    }

    Map<String, String> extract(InputFile... downloads) {
        return extract(including("**"), downloads);
    }

    AbstractThrowableAssert<?, ?> assertRefused(ExtractDefinition definition, InputFile download) {
        return assertThatThrownBy(() -> extract(definition, download))
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("https://host/" + download.name());
    }

    AbstractThrowableAssert<?, ?> assertRefused(InputFile download) {
        return assertRefused(including("**"), download);
    }

    static Map<String, String> contents(InputFiles files) {
        Map<String, String> contents = new LinkedHashMap<>();
        for (InputFile file : files.files()) {
            contents.put(file.name(), content(file.path()));
        }
        return contents;
    }

    static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file below the home but the downloads, relative to it. */
    List<String> written() {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .filter(file -> !file.startsWith("download"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
