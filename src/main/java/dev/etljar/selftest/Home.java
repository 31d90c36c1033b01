package dev.etljar.selftest;

import com.opencsv.CSVReader;
import com.opencsv.exceptions.CsvValidationException;
import dev.etljar.database.Database;
import dev.etljar.database.OwnSchema;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The folder of the runs, with the job's definition, and the tables that it fills, with what must be in them. */
final class Home {

    /** How a round is published; each has its own table, since rows are only found by key where that is unique. */
    enum Mode {
        APPEND("selftest_appended"),
        UPSERT("selftest_merged"),
        REPLACE("selftest_replaced"),
        SWAP("selftest_swapped");

        private final String table;

        /** Those that the database has. */
        static List<Mode> of(Database database) {
            return database.exchange(new JdbcTemplate()).isPresent()
                    ? List.of(values())
                    : List.of(APPEND, UPSERT, REPLACE);
        }

        Mode(String table) {
            this.table = table;
        }
    }

    private static final String JOB = """
            %sretry: { attempts: 5, pause: 200ms, max-pause: 5s }
            download: [{ url: data/input/sample.zip }]
            process:
              checkpoint-every: %d
              parallelism: 4
              range-size: 16KB
              loads:
                - files: "*.csv"
                  table: %s
                  create: true
                  columns:
                    - { name: id, type: bigint, required: true }
                    - { name: text, type: varchar(40) }
                    - { name: amount, type: "decimal(12,2)" }
                  rejects: { max: 50%% }
            validate:
              - { rule: not-null, table: %s, columns: [id, amount] }
              - { rule: unique, table: %s, columns: [id], severity: warn }
            finalize: { publish: %s%s, archive: data/archive }
            """;

    private static final String INPUT = "data/input/sample.zip";
    private static final int REJECT_LINE = 2;

    private final SelftestRequest request;
    private final @Nullable OwnSchema schema;
    private final Map<Mode, Map<Long, Sample.Row>> expected = new HashMap<>();
    private long instanceBefore;

    Home(SelftestRequest request, @Nullable OwnSchema schema) throws IOException {
        this.request = request;
        this.schema = schema;
        if (schema != null) {
            String prefix = request.embeddedRepository() ? "etl.targets.server." : "spring.datasource.";
            write(
                    "config/application.yml",
                    JsonMapper.builder()
                            .build()
                            .writeValueAsString(
                                    Map.of(prefix + "url", schema.url(), prefix + "username", schema.username())));
        }
        for (Mode mode : Mode.values()) {
            expected.put(mode, new TreeMap<>());
        }
    }

    /** What the child processes print. */
    Path log() {
        return request.folder().resolve("children.log");
    }

    /** The last line that a child process printed. */
    String lastWords() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
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

    /** Puts a new input there, and the definition that publishes it in this way. */
    void prepare(Sample sample, Mode mode) throws IOException {
        instanceBefore = workspaces().stream().mapToLong(Home::instance).max().orElse(0);
        sample.writeTo(request.folder().resolve(INPUT));
        write(
                "config/jobs/selftest.yml",
                JOB.formatted(
                        request.embeddedRepository() ? "target: server\n" : "",
                        request.checkpointEvery(),
                        mode.table,
                        mode.table,
                        mode.table,
                        mode.name().toLowerCase(Locale.ROOT),
                        mode == Mode.UPSERT ? ", key: [id]" : ""));
        if (mode == Mode.REPLACE || mode == Mode.SWAP) {
            rows(mode).clear();
        }
        sample.rows().forEach(row -> rows(mode).put(row.id(), row));
    }

    /**
     * A process that was killed when its run was complete has archived the input: the next start is to find that there is
     * nothing new.
     */
    void putBackWhereComplete(Sample sample) throws IOException {
        Path input = request.folder().resolve(INPUT);
        if (!Files.exists(input) && progress().orElse("").contains("\"COMPLETE\"")) {
            sample.writeTo(input);
        }
    }

    private Map<Long, Sample.Row> rows(Mode mode) {
        return expected.getOrDefault(mode, Map.of());
    }

    /** Holds table and rejects against what was sent. */
    Differences compare(Sample sample, Mode mode) throws SQLException, IOException {
        long doubled = 0;
        long wrong = 0;
        Map<Long, Sample.Row> missing = new HashMap<>(rows(mode));
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, text, amount from " + mode.table)) {
            while (rows.next()) {
                Sample.@Nullable Row sent = missing.remove(rows.getLong(1));
                if (sent == null) {
                    doubled++;
                } else if (!same(sent, rows.getString(2), rows.getBigDecimal(3))) {
                    wrong++;
                }
            }
        }
        List<Long> missingRejects = new ArrayList<>(sample.rejectedLines());
        long doubledRejects = rejectedLines().stream()
                .filter(line -> !missingRejects.remove(line))
                .count();
        return new Differences(missing.size(), doubled, wrong, missingRejects.size(), doubledRejects);
    }

    private static boolean same(Sample.Row sent, @Nullable String text, BigDecimal amount) {
        return sent.text().equals(text == null ? "" : text) && new BigDecimal(sent.amount()).compareTo(amount) == 0;
    }

    /** Of the round: a run that was killed once it was complete is followed by one that finds nothing new. */
    private List<Long> rejectedLines() throws IOException {
        List<Long> lines = new ArrayList<>();
        for (Path workspace : workspaces()) {
            Path file = workspace.resolve("rejects.csv");
            if (instance(workspace) > instanceBefore && Files.exists(file)) {
                lines.addAll(lines(file));
            }
        }
        return lines;
    }

    private static List<Long> lines(Path rejects) throws IOException {
        List<Long> lines = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(rejects);
                CSVReader csv = new CSVReader(text)) {
            csv.skip(1);
            for (String[] fields = csv.readNext(); fields != null; fields = csv.readNext()) {
                lines.add(Long.parseLong(fields[REJECT_LINE]));
            }
        } catch (CsvValidationException e) {
            throw new IOException(e);
        }
        return lines;
    }

    /** The {@code progress.json} of the newest run, if there is one. */
    Optional<String> progress() throws IOException {
        Optional<Path> file = workspaces().stream()
                .max(Comparator.comparingLong(Home::instance))
                .map(folder -> folder.resolve("progress.json"));
        return file.isPresent() && Files.exists(file.get())
                ? Optional.of(Files.readString(file.get()))
                : Optional.empty();
    }

    private List<Path> workspaces() throws IOException {
        Path folder = request.folder().resolve("data/work/selftest");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> instances = Files.list(folder)) {
            return instances.toList();
        }
    }

    private static long instance(Path folder) {
        return Long.parseLong(folder.getFileName().toString());
    }

    private Connection connect() throws SQLException {
        return schema != null
                ? schema.connect()
                : DriverManager.getConnection(
                        "jdbc:h2:file:" + request.folder().toAbsolutePath()
                                + "/data/db/etl;AUTO_SERVER=TRUE;WRITE_DELAY=0",
                        "sa",
                        "");
    }

    private void write(String path, String text) throws IOException {
        Path file = request.folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
