package dev.etljar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.testing.EtlHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a start takes: a job of three records on a new embedded database, from the command to its first chunk, which is its
 * only one, and to its end. The jar as it is, with a class-data archive and, from Java 25 on, with an AOT cache: each in turn,
 * {@code bench.starts} times after one that is not counted, and the medians of it, in {@code target/benchmark-start.md}.
 * {@code -Dbench.java=/path/of/a/jdk,/path/of/another} measures those.
 */
class StartBenchmark {

    private static final int STARTS = Integer.getInteger("bench.starts", 7);
    private static final List<Path> JAVAS = Stream.of(System.getProperty("bench.java", System.getProperty("java.home"))
                    .split(","))
            .map(home -> Path.of(home, "bin", "java"))
            .toList();
    private static final Path JAR = Path.of("target/etl.jar").toAbsolutePath();
    private static final int FIRST_WITH_AOT_CACHE = 25;
    private static final Pattern VERSION = Pattern.compile("(\\d+)[.\\d]*");
    private static final Pattern FIRST_CHUNK =
            Pattern.compile("\"PROCESS\" : \\{.*?\"end\" : \"([^\"]+)\"", Pattern.DOTALL);

    @TempDir
    Path folder;

    /** From the command to the first chunk and to the process's end, in milliseconds. */
    private record Timing(long firstChunk, long command) {}

    @Test
    void commandToFirstChunk() throws Exception {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (Path java : JAVAS) {
            commands.putAll(commands(java));
        }
        Map<String, List<Timing>> timings = new LinkedHashMap<>();
        for (int start = 0; start <= STARTS; start++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                Timing timing = start(command.getValue());
                if (start > 0) {
                    timings.computeIfAbsent(command.getKey(), key -> new ArrayList<>())
                            .add(timing);
                }
            }
        }
        Files.writeString(Path.of("target/benchmark-start.md"), table(timings));
        System.out.println(table(timings));
    }

    /** The ways to start it with this Java; what they need is made here, by a run of the same job. */
    private Map<String, List<String>> commands(Path java) throws Exception {
        String version = version(java);
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("Java " + version + ": the jar as it is", command(java));
        Path archive = folder.resolve("etl-" + version + ".jsa");
        start(command(java, "-XX:ArchiveClassesAtExit=" + archive));
        commands.put("Java " + version + ": class-data archive", command(java, "-XX:SharedArchiveFile=" + archive));
        if (Integer.parseInt(version.replaceAll("\\..*", "")) >= FIRST_WITH_AOT_CACHE) {
            Path cache = folder.resolve("etl-" + version + ".aot");
            start(command(java, "-XX:AOTCacheOutput=" + cache));
            commands.put("Java " + version + ": AOT cache", command(java, "-XX:AOTCache=" + cache));
        }
        return commands;
    }

    private static List<String> command(Path java, String... options) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", JAR.toString(), "--job.name=small"));
        return command;
    }

    private static String version(Path java) throws Exception {
        Process process = new ProcessBuilder(java.toString(), "--version").start();
        Matcher version = VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(version.find()).as(java.toString()).isTrue();
        return version.group();
    }

    private Timing start(List<String> command) throws IOException, InterruptedException {
        try (EtlHome home = new EtlHome(Files.createTempDirectory(folder, "home"))) {
            home.write("data/input/small.csv", "id,name\n1,a\n2,b\n3,c\n");
            home.job("small", """
                    download: [{ url: data/input/small.csv }]
                    process:
                      loads:
                        - files: "*.csv"
                          table: small
                          create: true
                          columns:
                            - { name: id, from: id, type: integer }
                            - { name: name, from: name, type: varchar(20) }
                    """);
            Path log = home.root().resolve("start.log");
            Instant start = Instant.now();
            int exit = new ProcessBuilder(command)
                    .directory(home.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            Instant end = Instant.now();
            assertThat(exit).as(Files.readString(log)).isZero();
            Matcher firstChunk = FIRST_CHUNK.matcher(home.read("data/work/small/1/report.json"));
            assertThat(firstChunk.find()).isTrue();
            return new Timing(
                    Duration.between(start, Instant.parse(firstChunk.group(1))).toMillis(),
                    Duration.between(start, end).toMillis());
        }
    }

    private static String table(Map<String, List<Timing>> timings) {
        StringBuilder table = new StringBuilder("| start-up | first chunk, s | whole command, s |\n");
        table.append("| --- | --- | --- |\n");
        timings.forEach((name, starts) -> table.append("| %s | %.2f | %.2f |%n"
                .formatted(name, median(starts, Timing::firstChunk), median(starts, Timing::command))));
        return table + "\nMedians of " + STARTS + " starts, "
                + Runtime.getRuntime().availableProcessors() + " cores.\n";
    }

    /** In seconds. */
    private static double median(List<Timing> starts, ToLongFunction<Timing> figure) {
        return starts.stream()
                        .mapToLong(figure)
                        .sorted()
                        .skip(starts.size() / 2)
                        .findFirst()
                        .orElseThrow()
                / 1_000.0;
    }
}
