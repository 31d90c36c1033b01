package dev.etljar.selftest;

import dev.etljar.database.OwnSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The folder of the runs, with the job's definition and its input, and the database that it fills. */
final class Home {

    static final String JOB_NAME = "selftest";

    /** Of the input, in the home. */
    static final String INPUT = "data/input/sample.zip";

    /** The name of the target, where that is not the job repository's database. */
    static final String TARGET = "server";

    private static final String PROGRESS = "progress.json";
    private static final Pattern EXECUTION = Pattern.compile("\"executionId\"\\s*:\\s*(\\d+)");

    private final SelftestRequest request;
    private final @Nullable OwnSchema schema;
    private @Nullable Sample sample;
    private long instanceBefore;

    Home(SelftestRequest request, @Nullable OwnSchema schema) throws IOException {
        this.request = request;
        this.schema = schema;
        if (schema != null) {
            String prefix = request.embeddedRepository() ? "etl.targets." + TARGET + "." : "spring.datasource.";
            write(
                    "config/application.yml",
                    JsonMapper.builder()
                            .build()
                            .writeValueAsString(
                                    Map.of(prefix + "url", schema.url(), prefix + "username", schema.username())));
        }
    }

    /** What the child processes print. */
    Path log() {
        return file("children.log");
    }

    /** The last line that a child process printed. */
    String lastWords() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        }
    }

    long printed() throws IOException {
        return Files.exists(log()) ? Files.size(log()) : 0;
    }

    /** What child processes have printed after the first so many bytes. */
    String printedAfter(long bytes) throws IOException {
        try (InputStream printed = Files.newInputStream(log())) {
            printed.skipNBytes(bytes);
            return new String(printed.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What a child process needs to know and must not be written down. */
    Map<String, String> environment() {
        return schema == null
                ? Map.of()
                : Map.of(
                        request.embeddedRepository() ? "ETL_TARGETS_SERVER_PASSWORD" : "SPRING_DATASOURCE_PASSWORD",
                        schema.password());
    }

    /** Puts a new input there, and the definition of what is to be done with it. */
    void prepare(Sample ofRound, JobFile job) throws IOException {
        instanceBefore =
                workspaceList().stream().mapToLong(Home::instance).max().orElse(0);
        sample = ofRound;
        putInputBack();
        define(job);
    }

    /** Changes the definition alone. */
    void define(JobFile job) throws IOException {
        write("config/jobs/" + JOB_NAME + ".yml", job.text());
    }

    /** The last job instance before the round. */
    long instanceBefore() {
        return instanceBefore;
    }

    /** A run that is complete has archived its input. */
    void putInputBack() throws IOException {
        if (sample != null) {
            sample.writeTo(file(INPUT));
        }
    }

    /**
     * A process that was killed when its run was complete has archived the input: the next start is to find that there is
     * nothing new.
     */
    void putInputBackWhereComplete() throws IOException {
        if (!Files.exists(file(INPUT)) && progress().orElse("").contains("\"COMPLETE\"")) {
            putInputBack();
        }
    }

    /** The {@code progress.json} that was written last, if there is one: an older run may have been set back. */
    Optional<String> progress() throws IOException {
        Optional<Path> last = Optional.empty();
        FileTime written = FileTime.fromMillis(0);
        for (Path workspace : workspaceList()) {
            Path file = workspace.resolve(PROGRESS);
            if (Files.exists(file) && Files.getLastModifiedTime(file).compareTo(written) > 0) {
                written = Files.getLastModifiedTime(file);
                last = Optional.of(workspace);
            }
        }
        return last.isPresent() ? progress(last.get()) : Optional.empty();
    }

    /** The ID of the execution that the {@code progress.json} tells of that was written last; empty where there is none. */
    String newestExecution() throws IOException {
        return execution(progress());
    }

    /** The ID of the last execution of the job instance. */
    String execution(long instance) throws IOException {
        return execution(progress(workspace(instance)));
    }

    RejectFile rejects(long instance) {
        return new RejectFile(workspace(instance).resolve("rejects.csv"));
    }

    Path file(String name) {
        return request.folder().toAbsolutePath().resolve(name);
    }

    Connection connect() throws SQLException {
        return schema != null
                ? schema.connect()
                : DriverManager.getConnection(
                        "jdbc:h2:file:" + file("data/db/etl") + ";AUTO_SERVER=TRUE;WRITE_DELAY=0", "sa", "");
    }

    private static String execution(Optional<String> progress) {
        Matcher execution = EXECUTION.matcher(progress.orElse(""));
        return execution.find() ? execution.group(1) : "";
    }

    private static Optional<String> progress(Path workspace) throws IOException {
        Path file = workspace.resolve(PROGRESS);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private List<Path> workspaceList() throws IOException {
        Path folder = workspaces();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> instances = Files.list(folder)) {
            return instances.toList();
        }
    }

    private Path workspace(long instance) {
        return workspaces().resolve(Long.toString(instance));
    }

    private Path workspaces() {
        return file("data/work/" + JOB_NAME);
    }

    private static long instance(Path workspace) {
        return Long.parseLong(workspace.getFileName().toString());
    }

    private void write(String path, String text) throws IOException {
        Path file = file(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
