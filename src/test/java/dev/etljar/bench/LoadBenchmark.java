package dev.etljar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.database.Database;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.postgresql.PGConnection;

/**
 * The database's own loader, plain Spring Batch and this application, side by side in one run: each in turn, as often as
 * {@code bench.runs} says, and the medians of it. What is timed is the loading itself, and beside it the whole command.
 * {@code ./mvnw -Pbench verify} writes the table to {@code target/benchmark.md}.
 *
 * <p>{@code bench.records}, {@code bench.runs}, {@code bench.chunks} and {@code bench.databases} change its size:
 * {@code -Dbench.chunks=1000,5000 -Dbench.databases=POSTGRESQL_NEWEST}. Below 1,000 items in a chunk a tenth of the records is
 * loaded, or {@code bench.small}: what takes hours on one database takes minutes on another. Plain Spring Batch is asked for
 * these chunks and for 5,000 and 20,000 items, this application for 1, 2 and 4 ranges at 5,000 too, and PostgreSQL's and
 * MariaDB's own loaders also with a commit for each chunk. PostgreSQL's commits wait for the disk, as on any server
 * ({@code fsync}), which the tests do without.
 */
class LoadBenchmark {

    private static final long RECORDS = Long.getLong("bench.records", 4_000_000);
    private static final int RUNS = Integer.getInteger("bench.runs", 5);
    private static final List<Integer> CHUNKS = Stream.of(
                    System.getProperty("bench.chunks", "10,1000,5000,20000,100000")
                            .split(","))
            .map(Integer::valueOf)
            .toList();
    private static final List<TestDatabase> DATABASES = Stream.of(
                    System.getProperty("bench.databases", "POSTGRESQL_NEWEST,MARIADB_NEWEST,H2")
                            .split(","))
            .map(TestDatabase::valueOf)
            .toList();
    private static final int SMALL = 1_000;
    private static final long RECORDS_IN_SMALL = Long.getLong("bench.small", RECORDS / 10);
    private static final int USUAL = 5_000;
    private static final int LARGE = 20_000;
    private static final List<Integer> RANGES = List.of(1, 2, 4);
    private static final Pattern PROCESS =
            Pattern.compile("\"PROCESS\" : \\{.*?\"durationMilliseconds\" : (\\d+)", Pattern.DOTALL);

    @TempDir
    Path folder;

    private final Map<String, List<Timing>> timings = new LinkedHashMap<>();

    /**
     * How long the loading itself and the whole command took, in milliseconds, the same where there is no command; and the most
     * memory that its process had, in MiB, 0 where that is not known.
     */
    private record Timing(long records, long load, long command, long memory) {}

    private interface Contender {
        Timing run(Path file, long records) throws Exception;
    }

    @Test
    void ownLoaderPlainSpringBatchAndThis() throws Exception {
        Path all = folder.resolve("all.csv");
        Path small = folder.resolve("small.csv");
        long records = Strikes.write(all, RECORDS);
        long inSmall = Strikes.write(small, RECORDS_IN_SMALL);
        for (int run = 0; run < RUNS; run++) {
            for (TestDatabase database : DATABASES) {
                time(database + ", own loader", all, records, (file, n) -> own(database, file, n));
                for (int chunk : CHUNKS) {
                    Path file = chunk < SMALL ? small : all;
                    long n = chunk < SMALL ? inSmall : records;
                    if (database != TestDatabase.H2) {
                        time(
                                database + ", own loader, a commit for each " + chunk + ", on 2 connections",
                                file,
                                n,
                                (f, m) -> chunked(database, f, m, chunk));
                    }
                    if (chunk == USUAL || chunk == LARGE || chunk < SMALL) {
                        time(
                                database + ", plain Spring Batch, N = " + chunk,
                                file,
                                n,
                                (f, m) -> plain(database, f, m, chunk));
                    }
                    for (int ranges : chunk == USUAL ? RANGES : List.of(2)) {
                        time(
                                database + ", etl.jar, N = " + chunk + ", ranges: " + ranges,
                                file,
                                n,
                                (f, m) -> etl(database, f, m, chunk, ranges, false));
                    }
                    if (chunk == USUAL) {
                        time(
                                database + ", etl.jar, N = " + chunk + ", ranges: 2, table is there",
                                file,
                                n,
                                (f, m) -> etl(database, f, m, chunk, 2, true));
                    }
                }
            }
        }
        Files.writeString(Path.of("target/benchmark.md"), table());
        System.out.println(table());
    }

    private void time(String name, Path file, long records, Contender contender) throws Exception {
        Timing timing = contender.run(file, records);
        timings.computeIfAbsent(name, key -> new ArrayList<>()).add(timing);
        System.out.println(name + ": " + timing);
    }

    private EtlHome home(TestDatabase database) {
        try {
            return EtlHome.on(database, Files.createTempDirectory(folder, "home"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Timing own(TestDatabase kind, Path file, long records) throws Exception {
        try (EtlHome home = home(kind);
                Connection connection = home.connect();
                Statement statement = connection.createStatement()) {
            Database database = Database.of(connection.getMetaData().getURL());
            statement.execute(Strikes.createTable(database, "strikes"));
            long start = System.nanoTime();
            switch (kind) {
                case H2 -> statement.execute("insert into strikes select * from csvread('" + file + "')");
                case MARIADB_OLDEST, MARIADB_NEWEST -> statement.execute(loadData(file, 1));
                case POSTGRESQL_OLDEST, POSTGRESQL_NEWEST -> {
                    try (InputStream in = Files.newInputStream(file)) {
                        connection
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn("copy strikes from stdin with (format csv, header)", in, 1 << 18);
                    }
                }
            }
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            assertRows(home, records);
            return new Timing(records, milliseconds, milliseconds, 0);
        }
    }

    private static String loadData(Path file, int headers) {
        return "load data local infile '" + file + "' into table strikes character set utf8mb4"
                + " fields terminated by ',' optionally enclosed by '\"' lines terminated by '\\n'"
                + " ignore " + headers + " lines ("
                + String.join(", ", Strikes.names().subList(0, 13))
                + ", @speed) set speed_knots = nullif(@speed, '')";
    }

    private Timing chunked(TestDatabase kind, Path file, long records, int chunk) throws Exception {
        try (EtlHome home = home(kind)) {
            create(home);
            ChunkedLoad.Loader loader = kind == TestDatabase.MARIADB_OLDEST || kind == TestDatabase.MARIADB_NEWEST
                    ? new ChunkedLoad.MariaDb(loadData(file, 0))
                    : new ChunkedLoad.PostgreSql("strikes");
            long milliseconds = new ChunkedLoad(home, file, chunk, loader).milliseconds();
            assertRows(home, records);
            return new Timing(records, milliseconds, milliseconds, 0);
        }
    }

    private Timing plain(TestDatabase kind, Path file, long records, int chunk) throws Exception {
        try (EtlHome home = home(kind)) {
            String[] address = create(home);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    PlainStep.class.getName(),
                    address[0],
                    address[1],
                    address[2],
                    file.toString(),
                    "strikes",
                    Integer.toString(chunk)));
            Path out = home.root().resolve("plain.out");
            long start = System.nanoTime();
            int exit = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            assertThat(exit).isZero();
            assertRows(home, records);
            return new Timing(records, Long.parseLong(Files.readString(out).strip()), milliseconds, 0);
        }
    }

    /** @param there whether the table is there before the run; else it is made of the staging table where that can be renamed */
    private Timing etl(TestDatabase kind, Path file, long records, int chunk, int ranges, boolean there)
            throws Exception {
        try (EtlHome home = home(kind)) {
            if (there) {
                create(home);
            }
            home.job("strikes", Strikes.job(file, chunk, ranges, "strikes"));
            TimedRun run = TimedRun.of(home, List.of(), "--job.name=strikes");
            assertThat(run.result().exitCode()).as(run.result().err()).isZero();
            assertRows(home, records);
            Matcher report = PROCESS.matcher(home.read("data/work/strikes/1/report.json"));
            assertThat(report.find()).isTrue();
            return new Timing(records, Long.parseLong(report.group(1)), run.milliseconds(), run.mebibytes());
        }
    }

    /** Makes the table; gives the address of its database. */
    private static String[] create(EtlHome home) throws SQLException {
        try (Connection connection = home.connect();
                Statement statement = connection.createStatement()) {
            DatabaseMetaData server = connection.getMetaData();
            statement.execute(Strikes.createTable(Database.of(server.getURL()), "strikes"));
            return new String[] {
                home.address().url(), home.address().username(), home.address().password()
            };
        }
    }

    private static void assertRows(EtlHome home, long records) {
        assertThat(home.value("select count(*) from strikes")).isEqualTo(Long.toString(records));
    }

    private String table() {
        StringBuilder table = new StringBuilder(
                "| what | records | loading, s | whole command, s | against own loader | peak memory, MiB |\n");
        table.append("| --- | --- | --- | --- | --- | --- |\n");
        timings.forEach((name, runs) -> {
            long records = runs.get(0).records();
            double load = median(runs, Timing::load);
            long memory = median(runs, Timing::memory);
            table.append("| %s | %,d | %.1f | %.1f | %.2f | %s |%n"
                    .formatted(
                            name,
                            records,
                            load / 1_000,
                            median(runs, Timing::command) / 1_000.0,
                            load / records / ownPerRecord(name),
                            memory == 0 ? "" : Long.toString(memory)));
        });
        return table + "\nMedians of " + RUNS + " runs, " + Runtime.getRuntime().availableProcessors() + " cores, Java "
                + System.getProperty("java.version") + ".\n";
    }

    /** What the database's own loader took for a record. */
    private double ownPerRecord(String name) {
        List<Timing> own = timings.getOrDefault(name.replaceAll(",.*", "") + ", own loader", List.of());
        return (double) median(own, Timing::load) / own.get(0).records();
    }

    private static long median(List<Timing> runs, ToLongFunction<Timing> figure) {
        return runs.stream()
                .mapToLong(figure)
                .sorted()
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
