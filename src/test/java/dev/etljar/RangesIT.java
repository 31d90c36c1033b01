package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.csv.Dialects;
import dev.etljar.csv.GeneratedCsv;
import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that is cut into ranges, which are loaded side by side, gives what the whole file gives. */
class RangesIT {

    private static final int RECORDS = 4_000;
    private static final int CHUNK = 50;
    private static final String RANGES = "process:\n  parallelism: %d\n  range-size: 1B";

    private static final int FILES = 40;
    private static final int PIECES = 4;
    private static final CsvDefinition CSV = Dialects.comma();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void oneRangesFailureLeavesTheOthersProgress(TestDatabase database) {
        try (EtlHome home = EtlHome.on(database, folder)
                .job("numbers", Numbers.job(CHUNK).replace("process:", RANGES.formatted(2)))
                .write("data/input/numbers.csv", Numbers.file(RECORDS))) {

            RunOutcome failed =
                    InProcessEtl.run(home.root(), "numbers", new FailsAt(RECORDS * 4L / 5), new StopSignal());

            assertThat(failed).as(failed.message()).isInstanceOf(RunOutcome.Failed.class);
            assertThat(home.rows("select step_name from BATCH_STEP_EXECUTION where step_name like 'PROCESS:%'"))
                    .as("ranges")
                    .hasSize(2);
            long written = written(home);
            assertThat(written).as("kept").isEqualTo(home.staged()).isBetween(RECORDS / 2L, RECORDS - 1L);

            RunOutcome outcome = InProcessEtl.run(home, "numbers");

            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
            assertThat(written(home)).as("each record is written once").isEqualTo(RECORDS);
        }
    }

    /** Two writers wait for each other at the end of one tree. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB_OLDEST", "MARIADB_NEWEST"})
    void onMariaDbEachRangeIsStagedInAPartitionOfItsOwn(TestDatabase database) {
        try (EtlHome home = stagedWith(2, database)) {
            String staged = home.tables("etl_stage%").get(0);

            assertThat(Stream.of("p0", "p1")
                            .map(name -> home.value("select count(*) from " + staged + " partition (" + name + ")")))
                    .containsExactlyElementsOf(home.rows("select write_count from BATCH_STEP_EXECUTION"
                            + " where step_name like 'PROCESS:%' order by step_name"))
                    .doesNotContain("0");
        }
    }

    /** A table of many trees costs more to make, and one writer gains nothing by it. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB_OLDEST", "MARIADB_NEWEST"})
    void onMariaDbAFileThatIsNotCutIsStagedInOneTable(TestDatabase database) {
        try (EtlHome home = stagedWith(1, database)) {
            assertThat(home.value("select count(partition_name) from information_schema.partitions"
                            + " where table_schema = database() and table_name like 'etl\\_stage%'"))
                    .isEqualTo("0");
        }
    }

    /** Stages the rows with so many ranges, and waits then. */
    private EtlHome stagedWith(int ranges, TestDatabase database) {
        EtlHome home = EtlHome.on(database, folder)
                .job(
                        "numbers",
                        "approve: before VALIDATE\n" + Numbers.job(CHUNK).replace("process:", RANGES.formatted(ranges)))
                .write("data/input/numbers.csv", Numbers.file(RECORDS));
        RunOutcome outcome = InProcessEtl.run(home, "numbers");
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Waiting.class);
        return home;
    }

    private static long written(EtlHome home) {
        return Long.parseLong(home.value("select sum(write_count) from BATCH_STEP_EXECUTION"
                + " where step_name like 'PROCESS:%' and status <> 'UNKNOWN'"));
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void aCompletedRangeIsNotRunAgain(TestDatabase database) {
        try (EtlHome home = EtlHome.on(database, folder)
                .job("numbers", Numbers.job(CHUNK).replace("process:", RANGES.formatted(4)))
                .write("data/input/numbers.csv", Numbers.file(RECORDS))) {
            InProcessEtl.run(home.root(), "numbers", new FailsAt(RECORDS - CHUNK), new StopSignal());
            // However many run side by side now, the ranges stay those of the first attempt.
            home.job("numbers", Numbers.job(CHUNK).replace("process:", RANGES.formatted(1)));
            RunOutcome outcome = InProcessEtl.run(home, "numbers");

            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
            assertThat(home.rows("select distinct step_name from BATCH_STEP_EXECUTION"
                            + " where step_name like 'PROCESS:%' order by step_name"))
                    .containsExactly(
                            "PROCESS:load1-file1-range1",
                            "PROCESS:load1-file1-range2",
                            "PROCESS:load1-file1-range3",
                            "PROCESS:load1-file1-range4");
            assertThat(home.rows("select step_name from BATCH_STEP_EXECUTION where step_name like 'PROCESS:%'"
                            + " and status = 'COMPLETED' group by step_name having count(*) > 1"))
                    .as("completed twice")
                    .isEmpty();
        }
    }

    /** A process that is killed while it creates the records of its partitions leaves some without a context. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void aRangeWithoutAContextBeginsWhereItBegins(TestDatabase database) {
        try (EtlHome home = EtlHome.on(database, folder)
                .job("numbers", Numbers.job(CHUNK).replace("process:", RANGES.formatted(4)))
                .write("data/input/numbers.csv", Numbers.file(RECORDS))) {
            InProcessEtl.run(home.root(), "numbers", new FailsEachChunk(), new StopSignal());
            assertThat(home.staged()).as("no range has kept anything").isZero();
            home.execute("update BATCH_STEP_EXECUTION_CONTEXT set SHORT_CONTEXT = '{\"@class\":\"java.util.HashMap\"}'"
                    + " where STEP_EXECUTION_ID in (select STEP_EXECUTION_ID from BATCH_STEP_EXECUTION"
                    + " where STEP_NAME like 'PROCESS:%')");

            RunOutcome outcome = InProcessEtl.run(home, "numbers");

            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        }
    }

    /** Quotes, newlines in quotes and garbage at every cut; the text of each row, and each reject with its line. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void parallelAndSerialLoadsOfAdversarialFilesAreEqual(TestDatabase database) {
        assertThat(loaded(database, 4)).isEqualTo(loaded(database, 1));
    }

    private List<List<String>> loaded(TestDatabase database, int parallelism) {
        try (EtlHome home = EtlHome.on(database, folder.resolve("parallelism-" + parallelism))) {
            StringBuilder downloads = new StringBuilder();
            for (int i = 0; i < FILES; i++) {
                String name = "data/input/f%04d.csv".formatted(i);
                home.write(name, adversarial(new Random(i)));
                downloads.append("  - url: ").append(name).append('\n');
            }
            home.job("texts", """
                    download:
                    %sprocess:
                      checkpoint-every: 3
                      parallelism: %d
                      range-size: 1B
                      loads:
                        - files: "*.csv"
                          table: texts
                          create: true
                          csv: { header: false }
                          columns:
                            - { name: text, type: varchar(2000), from: 1, null-values: [] }
                          rejects: { max: 100%% }
                    """.formatted(downloads, parallelism));

            RunOutcome outcome = InProcessEtl.run(home, "texts");

            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows("select step_name from BATCH_STEP_EXECUTION where step_name like 'PROCESS:%'"))
                    .hasSizeGreaterThanOrEqualTo(parallelism == 1 ? FILES : 3 * FILES);
            return List.of(
                    home.rows("select text from texts").stream().sorted().toList(),
                    home.read("data/work/texts/1/rejects.csv").lines().toList());
        }
    }

    private static byte[] adversarial(Random random) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {'a', '\n'});
        for (int i = 0; i < PIECES; i++) {
            file.writeBytes(GeneratedCsv.of(CSV, random).text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            file.writeBytes(Dialects.garbage(CSV, random));
            file.writeBytes(new byte[] {'\n'});
        }
        return file.toByteArray();
    }

    /** Fails whichever range stores a checkpoint. */
    private static final class FailsEachChunk implements RunListener {

        @Override
        public void progressed(Progress progress) {
            if (progress.phase() == Phase.PROCESS) {
                throw new IllegalStateException("a fault in each range");
            }
        }
    }

    /** Fails the chunk that would load more than that. */
    private static final class FailsAt implements RunListener {

        private final long loaded;
        private final AtomicBoolean failed = new AtomicBoolean();

        FailsAt(long loaded) {
            this.loaded = loaded;
        }

        @Override
        public void progressed(Progress progress) {
            if (progress.phase() == Phase.PROCESS && progress.loaded() > loaded && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("a fault in one range");
            }
        }
    }
}
