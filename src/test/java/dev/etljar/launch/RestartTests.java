package dev.etljar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.opencsv.CSVReader;
import com.opencsv.exceptions.CsvException;
import com.sun.net.httpserver.HttpServer;
import dev.etljar.run.Phase;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.Numbers;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A failure in each of the five steps, on purpose: the next run goes on there, and repeats nothing that was finished. */
class RestartTests {

    @TempDir
    Path folder;

    private EtlHome home;
    private ConfigurableApplicationContext application;

    @BeforeEach
    void start() {
        home = new EtlHome(folder).write("data/input/numbers.csv", Numbers.file(1_000));
        application = new SpringApplicationBuilder(LaunchConfiguration.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run("--etl.home=" + folder, "--etl.database=" + folder.resolve("data/db/etl"));
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private RunOutcome run() {
        return run(RunListener.NONE, new StopSignal(), false);
    }

    private RunOutcome run(RunListener listener, StopSignal stop, boolean startOver) {
        return application
                .getBean(Launcher.class)
                .run(new RunRequest("numbers", Map.of(), false, startOver), listener, stop);
    }

    /** How often each step was attempted, over all executions of the only instance. */
    private List<String> attempts() {
        JobRepository repository = application.getBean(JobRepository.class);
        JobInstance instance = Objects.requireNonNull(repository.getLastJobInstance("numbers"));
        return repository.getJobExecutions(instance).stream()
                .sorted((a, b) -> Long.compare(a.getId(), b.getId()))
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(step -> !step.getStepName().contains(":"))
                .sorted((a, b) -> Long.compare(a.getId(), b.getId()))
                .map(step -> step.getStepName() + " " + step.getStatus())
                .toList();
    }

    private void assertLoaded() {
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(1_000));
        assertThat(home.rows("select table_name from information_schema.tables where table_name like 'ETL_STAGE%'"))
                .isEmpty();
    }

    @Test
    void goesOnInDownload() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        byte[] body = Numbers.file(1_000).getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean found = requests.incrementAndGet() > 1;
            exchange.sendResponseHeaders(found ? 200 : 404, found ? body.length : -1);
            if (found) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/numbers.csv";
            home.job("numbers", Numbers.job(url, 100, "0", "append", ""));
            assertThat(run()).isInstanceOf(RunOutcome.Failed.class);
            assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(requests).hasValue(2);
        } finally {
            server.stop(0);
        }
        assertThat(attempts())
                .containsExactly(
                        "DOWNLOAD FAILED",
                        "DOWNLOAD COMPLETED",
                        "EXTRACT COMPLETED",
                        "PROCESS COMPLETED",
                        "VALIDATE COMPLETED",
                        "FINALIZE COMPLETED");
        assertLoaded();
    }

    @Test
    void goesOnInExtract() {
        String job = Numbers.job(100);
        home.write("data/input/numbers.zip", zip("other.txt"));
        home.job(
                "numbers",
                job.replace("numbers.csv", "numbers.zip")
                        .replace("process:", "extract: { include: [\"*.csv\"] }\nprocess:"));
        assertThat(run()).isInstanceOf(RunOutcome.Refused.class);
        home.job("numbers", job.replace("numbers.csv", "numbers.zip").replace("\"*.csv\"", "\"*\""));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(attempts())
                .containsExactly(
                        "DOWNLOAD COMPLETED",
                        "EXTRACT FAILED",
                        "EXTRACT COMPLETED",
                        "PROCESS COMPLETED",
                        "VALIDATE COMPLETED",
                        "FINALIZE COMPLETED");
        assertLoaded();
    }

    @Test
    void goesOnInProcessAtTheLastCheckpoint() {
        home.write(
                "data/input/numbers.csv",
                Numbers.file(500) + "bad,"
                        + Numbers.file(1_000).substring(Numbers.file(500).length()));
        home.job("numbers", Numbers.job(100));
        RunOutcome refused = run();
        assertThat(refused).isInstanceOf(RunOutcome.Refused.class);
        assertThat(refused.message()).contains("1 of 600 records").contains("'rejects.max' is 0");
        assertThat(home.exists("data/work/numbers/1/rejects.csv")).isTrue();

        home.job("numbers", Numbers.job("data/input/numbers.csv", 100, "1", "append", ""));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.value("select count(*) from numbers")).isEqualTo("999");
        assertThat(attempts())
                .containsExactly(
                        "DOWNLOAD COMPLETED",
                        "EXTRACT COMPLETED",
                        "PROCESS FAILED",
                        "PROCESS COMPLETED",
                        "VALIDATE COMPLETED",
                        "FINALIZE COMPLETED");
        JobExecution last = lastExecution();
        StepExecution part = last.getStepExecutions().stream()
                .filter(step -> step.getStepName().equals("PROCESS:load1-file1"))
                .findFirst()
                .orElseThrow();
        assertThat(part.getReadCount()).as("records read by the restart").isEqualTo(400);
    }

    @Test
    void stopsAtAChunksEndAndGoesOnThere() {
        home.job("numbers", Numbers.job(100));
        StopSignal stop = new StopSignal();
        RunListener afterTheThirdChunk = new RunListener() {
            private int chunks;

            @Override
            public void progressed(dev.etljar.run.Progress progress) {
                if (progress.phase() == Phase.PROCESS && ++chunks == 3) {
                    stop.request();
                }
            }
        };
        RunOutcome stopped = run(afterTheThirdChunk, stop, false);
        assertThat(stopped.exitCode().code()).isEqualTo(4);
        assertThat(lastExecution().getStatus()).isEqualTo(BatchStatus.STOPPED);
        assertThat(home.staged()).isEqualTo(300);
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded();
    }

    @Test
    void judgesTheStagedRowsAgainWhenOnlyARuleWasCorrected() {
        home.job(
                "numbers",
                Numbers.job(
                        "data/input/numbers.csv",
                        100,
                        "0",
                        "append",
                        "- { rule: row-count, table: numbers, min: 2000 }"));
        RunOutcome refused = run();
        assertThat(refused).isInstanceOf(RunOutcome.Refused.class);
        assertThat(refused.message()).contains("row-count numbers, at least 2000: 1000 rows");
        assertThat(home.rows("select table_name from information_schema.tables where table_name = 'NUMBERS'"))
                .isEmpty();
        home.job("numbers", Numbers.job(100));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(attempts())
                .containsExactly(
                        "DOWNLOAD COMPLETED",
                        "EXTRACT COMPLETED",
                        "PROCESS COMPLETED",
                        "VALIDATE FAILED",
                        "VALIDATE COMPLETED",
                        "FINALIZE COMPLETED");
        assertLoaded();
    }

    @Test
    void startsOverByItselfWhenRefusedInputWasCorrected() {
        home.write("data/input/numbers.csv", Numbers.file(1_000) + Numbers.record(7) + "\n");
        home.job("numbers", Numbers.job(100));
        assertThat(run().message()).contains("unique numbers (id)");
        home.write("data/input/numbers.csv", Numbers.file(1_000));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded();
    }

    @Test
    void goesOnInFinalize() {
        home.execute(
                "create table numbers (id integer primary key, text varchar(100), amount decimal(10,1), sent date)");
        home.execute("insert into numbers values (7, 'in the way', 0, date '2026-11-01')");
        home.job("numbers", Numbers.job(100));
        RunOutcome refused = run();
        assertThat(refused).isInstanceOf(RunOutcome.Refused.class);
        assertThat(refused.message()).contains("nothing was published");
        assertThat(home.value("select count(*) from numbers")).isEqualTo("1");
        home.execute("delete from numbers");
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(attempts())
                .containsExactly(
                        "DOWNLOAD COMPLETED",
                        "EXTRACT COMPLETED",
                        "PROCESS COMPLETED",
                        "VALIDATE COMPLETED",
                        "FINALIZE FAILED",
                        "FINALIZE COMPLETED");
        assertLoaded();
    }

    @Test
    void startsOverByItselfWhenInputThatFinalizeRefusedWasCorrected() {
        home.execute("create table numbers (id integer, text varchar(100), amount decimal(10,1),"
                + " sent date, constraint once unique (id))");
        home.execute("insert into numbers (id) values (7)");
        home.job("numbers", Numbers.job(100));
        home.write("data/input/numbers.csv", Numbers.file(999));
        assertThat(run()).isInstanceOf(RunOutcome.Refused.class);

        home.write("data/input/numbers.csv", Numbers.file(6));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.value("select count(*) from numbers")).isEqualTo("7");
    }

    @Test
    void refusesToGoOnWithAChangedInputUntilToldToStartOver() {
        home.job("numbers", Numbers.job(100));
        assertThat(stopAfterFirstChunk().exitCode().code()).isEqualTo(4);
        home.write(
                "data/input/numbers.csv",
                Numbers.file(1_000).replace("text 3\n", "text 4\n").replace("text 3,", "text 4,"));
        RunOutcome refused = run();
        assertThat(refused.exitCode().code()).isEqualTo(3);
        assertThat(refused.message()).contains("numbers.csv", "expected", "actual", "--start-over");
        home.write("data/input/numbers.csv", Numbers.file(1_000));
        home.write("data/input/numbers.csv", Numbers.file(900));
        assertThat(run(RunListener.NONE, new StopSignal(), true)).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(900));
    }

    @Test
    void refusesToGoOnWithRedefinedLoads() {
        home.job("numbers", Numbers.job(100));
        assertThat(stopAfterFirstChunk().exitCode().code()).isEqualTo(4);
        home.job("numbers", Numbers.job(100).replace("varchar(100)", "varchar(90)"));
        RunOutcome refused = run();
        assertThat(refused.message()).contains("definition of the loads has changed", "--start-over");
        home.job("numbers", Numbers.job(100));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded();
    }

    @Test
    void secondRunFindsNothingNew() {
        home.job("numbers", Numbers.job(100));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);
        assertLoaded();
    }

    /** A forced run that is given up was to load the same input once more, and so is the one in its place. */
    @ParameterizedTest
    @EnumSource(names = {"DOWNLOAD", "PROCESS"})
    void whatBeginsAForcedRunAnewLoadsItToo(Phase died) {
        home.job("numbers", Numbers.job("data/input/numbers.csv", 100, "0", "replace", ""));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(run(true, false, died)).isInstanceOf(RunOutcome.Failed.class);
        assertThat(run(false, true, died)).as("begun anew").isInstanceOf(RunOutcome.Failed.class);

        RunOutcome outcome = run(false, true, null);

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("2");
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);
    }

    private RunOutcome run(boolean force, boolean startOver, @Nullable Phase dieIn) {
        RunListener dying = new RunListener() {
            @Override
            public void phaseStarted(Phase phase) {
                if (phase == dieIn) {
                    throw new IllegalStateException("dies in " + phase);
                }
            }
        };
        return application
                .getBean(Launcher.class)
                .run(new RunRequest("numbers", Map.of(), force, startOver), dying, new StopSignal());
    }

    @Test
    void replacesAndUpserts() {
        home.job("numbers", Numbers.job("data/input/numbers.csv", 100, "0", "replace", ""));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        home.write("data/input/numbers.csv", Numbers.file(10));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(10));

        home.execute("alter table numbers add primary key (id)");
        home.execute("update numbers set text = 'old' where id <= 5");
        home.write("data/input/numbers.csv", Numbers.file(20));
        home.job("numbers", Numbers.job("data/input/numbers.csv", 100, "0", "upsert\n  key: [id]", ""));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(20));
    }

    @Test
    void upsertWithoutAUniqueIndexIsRefusedBeforeItStarts() {
        home.execute("create table numbers (id integer, text varchar(100), amount decimal(10,1), sent date)");
        home.job("numbers", Numbers.job("data/input/numbers.csv", 100, "0", "upsert\n  key: [id]", ""));
        RunOutcome wrong = run();
        assertThat(wrong.exitCode().code()).isEqualTo(2);
        assertThat(wrong.message()).contains("no primary key or unique index");
    }

    @Test
    void archivesTheInputOnce() throws IOException {
        home.job("numbers", Numbers.job("data/input/numbers.csv", 100, "0", "append\n  archive: data/archive", ""));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.exists("data/input/numbers.csv")).isFalse();
        assertThat(Files.readString(folder.resolve("data/archive/numbers/1/1-numbers.csv")))
                .isEqualTo(Numbers.file(1_000));
        assertLoaded();
    }

    @Test
    void rowThatTheDatabaseRefusesIsAReject() {
        home.execute(
                "create table numbers (id integer check (id <> 77), text varchar(100), amount decimal(10,1), sent date)");
        home.execute("create table shorter (id integer, text varchar(9), amount decimal(10,1), sent date)");
        home.job(
                "numbers",
                Numbers.job("data/input/numbers.csv", 100, "1000", "append", "")
                        .replace("table: numbers", "table: shorter"));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        long tooLong = Numbers.rows(1_000).stream()
                .filter(row -> row.split("\\|", -1)[1].length() > 9)
                .count();
        assertThat(home.value("select count(*) from shorter")).isEqualTo(Long.toString(1_000 - tooLong));
        assertThat(home.value("select count(*) from etl_reject where reason like 'refused by the database:%'"))
                .isEqualTo(Long.toString(tooLong));
    }

    @Test
    void keepsBadRecordsWithLineColumnValueAndReasonUpToTheLimit() {
        StringBuilder file = new StringBuilder("id,text,amount,sent\n");
        for (int i = 1; i <= 100_000; i++) {
            file.append(i)
                    .append(",text,")
                    .append(i % 5_000 == 0 ? "much" : "1.5")
                    .append(",2026-11-01\n");
        }
        home.write("data/input/numbers.csv", file.toString());
        home.job("numbers", Numbers.job("data/input/numbers.csv", 1_000, "10", "append", ""));
        RunOutcome refused = run();
        assertThat(refused.exitCode().code()).isEqualTo(3);
        assertThat(refused.message()).contains("11 of ").contains("'rejects.max' is 10");
        assertThat(home.rows("select table_name from information_schema.tables where table_name = 'NUMBERS'"))
                .isEmpty();

        home.job("numbers", Numbers.job("data/input/numbers.csv", 1_000, "100", "append", ""));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.value("select count(*) from numbers")).isEqualTo("99980");
        assertThat(home.read("data/work/numbers/1/rejects.csv").lines())
                .hasSize(21)
                .element(1)
                .asString()
                .startsWith("\"numbers\",\"numbers.csv\",\"5001\",\"5000\",\"amount\",\"much\",")
                .endsWith("\"load1-file1-line5001\",\"'5000,text,much,2026-11-01\"");
    }

    @Test
    void writesRejectsThatASpreadsheetOpensWithoutRunningThem() throws IOException, CsvException {
        home.write("data/input/numbers.csv", """
                id,text,amount,sent
                =1+1,text,1.5,2026-11-01
                1,"a;=HYPERLINK(""http://127.0.0.1"")",-5,tomorrow
                -5,"zwei
                @Zeilen €",much,2026-11-01
                7,nul \0,-5,@now
                """);
        home.job("numbers", Numbers.job("data/input/numbers.csv", 100, "100%", "append", ""));
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);

        String file = home.read("data/work/numbers/1/rejects.csv");
        assertThat(file)
                .startsWith(
                        "\uFEFF\"load\",\"file\",\"line\",\"record\",\"column\",\"value\",\"reason\",\"key\",\"raw\"\r\n")
                .endsWith("\"\r\n");
        try (CSVReader csv = new CSVReader(new StringReader(file))) {
            List<String[]> rows = csv.readAll();
            assertThat(rows.subList(1, rows.size()))
                    .extracting(row -> row[2] + "|" + row[5] + "|" + row[7] + "|" + row[8])
                    .containsExactly(
                            "2|'=1+1|load1-file1-line2|'=1+1,text,1.5,2026-11-01",
                            "3|tomorrow|load1-file1-line3|'1,\"a;'=HYPERLINK(\"\"http://127.0.0.1\"\")\",-5,tomorrow",
                            "4|much|load1-file1-line4|'-5,\"zwei\n'@Zeilen €\",much,2026-11-01",
                            "6|nul \u2400|load1-file1-line6|'7,nul \u2400,-5,@now");
        }
    }

    private RunOutcome stopAfterFirstChunk() {
        StopSignal stop = new StopSignal();
        return run(
                new RunListener() {
                    @Override
                    public void progressed(dev.etljar.run.Progress progress) {
                        if (progress.phase() == Phase.PROCESS) {
                            stop.request();
                        }
                    }
                },
                stop,
                false);
    }

    private JobExecution lastExecution() {
        JobRepository repository = application.getBean(JobRepository.class);
        JobInstance instance = Objects.requireNonNull(repository.getLastJobInstance("numbers"));
        return Objects.requireNonNull(repository.getLastJobExecution(instance));
    }

    private static byte[] zip(String entry) {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
            zip.putNextEntry(new java.util.zip.ZipEntry(entry));
            zip.write(Numbers.file(1_000).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
