package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.etljar.run.RunOutcome;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WritersTurn;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SIGTERM in the middle of each step, also of a statement that would run for hours: the process ends soon with exit code 4,
 * nothing is published, the lease is given up, and the same command goes on.
 */
class StopIT {

    private static final int RECORDS = 10_000;
    private static final int CHUNK = 20;

    /** So many that their one chunk is far from over when the second signal comes. */
    private static final int LARGE = 500_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A scheduler's time between SIGTERM and SIGKILL, as short as the usual ones are. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /** So long that a lease that was not given up is seen, whatever the time zones. */
    private static final String LEASE = "etl.lease: 20d\n";

    private static final String BRAKE_IS_ON = "exists (select 1 from brake)";

    private static final String SLOW_RULE = "- { rule: sql, query: \"select case when " + BRAKE_IS_ON
            + " then (select count(*) from ${table:numbers} a, ${table:numbers} b, ${table:numbers} c"
            + " where a.id + b.id + c.id < 0) else 0 end\", expect: 0 }";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "H2, PROCESS",
        "H2, VALIDATE",
        "H2, FINALIZE",
        "POSTGRESQL_NEWEST, PROCESS",
        "POSTGRESQL_NEWEST, VALIDATE",
        "POSTGRESQL_NEWEST, FINALIZE",
        "MARIADB_NEWEST, PROCESS",
        "MARIADB_NEWEST, VALIDATE",
        "MARIADB_NEWEST, FINALIZE"
    })
    void aTerminatedRunStopsAndGoesOn(TestDatabase database, String phase) {
        try (EtlHome home = home(database, "data/input/numbers.csv", phase)) {
            if (!phase.equals("PROCESS")) {
                home.execute("insert into brake values (1)");
            }

            terminateIn(home, phase, () -> true);

            long staged = home.staged();
            assertThat(staged).isPositive();
            assertThat(staged % CHUNK).as("whole chunks").isZero();
            assertThat(staged < RECORDS).as("staged " + staged).isEqualTo(phase.equals("PROCESS"));
            assertGoesOn(home);
        }
    }

    @Test
    void aTerminatedDownloadStopsAndGoesOn() throws IOException {
        byte[] body = Numbers.file(RECORDS).getBytes(StandardCharsets.UTF_8);
        AtomicInteger requests = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream answer = exchange.getResponseBody()) {
                answer.write(body, 0, body.length / 2);
                answer.flush();
                if (requests.incrementAndGet() == 1) {
                    over.await();
                }
                answer.write(body, body.length / 2, body.length - body.length / 2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/numbers.csv";
        try (EtlHome home = home(TestDatabase.H2, url, "DOWNLOAD")) {
            terminateIn(home, "DOWNLOAD", () -> requests.get() > 0);
            assertGoesOn(home);
        } finally {
            over.countDown();
            server.stop(0);
            threads.shutdown();
        }
    }

    /**
     * The second signal does not wait for the chunk, which here is the whole file. Ctrl-C is handled in the same way, but a shell
     * has what it starts in the background ignore it.
     */
    @Test
    void twoSignalsEndItAtOnce() {
        EtlHome home = new EtlHome(folder)
                .configure(LEASE)
                .job("numbers", Numbers.job(1_000_000))
                .write("data/input/numbers.csv", Numbers.file(LARGE));
        try (EtlProcess process = EtlProcess.start(home, "--job.name=numbers")) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> home.isAt("PROCESS"));
            boolean ended;
            try (WritersTurn turns = WritersTurn.in(home)) {
                ended = turns.take(() -> {
                    process.terminate();
                    awaitSignal(process);
                    process.terminate();
                    return process.endsWithin(PATIENCE);
                });
            }

            assertThat(ended).as("ended before its chunk was stored").isTrue();
            assertThat(process.await().exitCode()).isEqualTo(128 + 15);
        }
        assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(LARGE));
    }

    private EtlHome home(TestDatabase database, String url, String phase) {
        EtlHome home = EtlHome.on(database, folder.resolve(database + "-" + phase))
                .configure(LEASE)
                .write("data/input/numbers.csv", Numbers.file(RECORDS))
                .job("numbers", Numbers.job(url, CHUNK, "0", "append", phase.equals("VALIDATE") ? SLOW_RULE : ""));
        home.execute("create table brake (id integer)");
        String slow = phase.equals("FINALIZE") && database == TestDatabase.H2
                ? ", slow bigint default (case when " + BRAKE_IS_ON
                        + " then (select count(*) from system_range(1, 1000000000000) where mod(x, 2) = 5) else 0 end)"
                : "";
        home.execute(
                "create table numbers (id integer, text varchar(100), amount decimal(10,1), sent date" + slow + ")");
        if (phase.equals("FINALIZE")) {
            slowDownPublishing(home, database);
        }
        return home;
    }

    private static void slowDownPublishing(EtlHome home, TestDatabase database) {
        if (database == TestDatabase.MARIADB_NEWEST) {
            home.execute("create trigger slow before insert on numbers for each row" + " begin if " + BRAKE_IS_ON
                    + " then do sleep(3600); end if; end");
        } else if (database == TestDatabase.POSTGRESQL_NEWEST) {
            home.execute("create function slow() returns trigger as $$ begin if " + BRAKE_IS_ON
                    + " then perform pg_sleep(3600); end if; return null; end $$ language plpgsql");
            home.execute("create trigger slow before insert on numbers execute function slow()");
        }
    }

    /** @param reached whether it is in the phase's middle, once it is in the phase */
    private static void terminateIn(EtlHome home, String phase, BooleanSupplier reached) {
        EtlProcess.Result stopped = terminated(home, phase, reached);
        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(4);
        assertThat(stopped.err()).contains("run again to go on").doesNotContain("\tat ");
        assertThat(home.rows("select status from BATCH_JOB_EXECUTION")).containsExactly("STOPPED");
        assertThat(home.value("select status from BATCH_STEP_EXECUTION where step_name = '" + phase + "'"))
                .isEqualTo("STOPPED");
        assertThat(home.value("select count(*) from etl_lease where lock_until < current_timestamp + interval '1' day"))
                .as("leases given up")
                .isEqualTo("1");
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("0");
        assertThat(home.value("select count(*) from numbers")).isEqualTo("0");
    }

    private static EtlProcess.Result terminated(EtlHome home, String phase, BooleanSupplier reached) {
        try (EtlProcess process = EtlProcess.start(home, "--job.name=numbers")) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> home.isAt(phase) && reached.getAsBoolean());
            if (phase.equals("PROCESS")) {
                terminateAfterAChunk(home, process);
            } else {
                assertThat(process.endsWithin(Duration.ofMillis(300)))
                        .as("ended before the middle of " + phase)
                        .isFalse();
                process.terminate();
            }
            assertThat(process.endsWithin(SOON)).as("ends within " + SOON).isTrue();
            return process.await();
        }
    }

    /** However quick it is, it hears the signal before its next chunk is stored. */
    private static void terminateAfterAChunk(EtlHome home, EtlProcess process) {
        try (WritersTurn turns = WritersTurn.in(home)) {
            await().atMost(PATIENCE)
                    .until(() -> turns.take(() -> {
                        if (home.staged() == 0) {
                            return false;
                        }
                        process.terminate();
                        awaitSignal(process);
                        return true;
                    }));
        }
    }

    private static void awaitSignal(EtlProcess process) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> process.err().contains("SIGTERM"));
    }

    private static void assertGoesOn(EtlHome home) {
        home.execute("delete from brake");
        RunOutcome again = InProcessEtl.run(home, "numbers");
        assertThat(again).as(again.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
    }
}
