package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.TestServer;
import dev.etljar.testing.WritersTurn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database server is killed while PROCESS runs. It is a server of this class's own. */
class ServerCrashIT {

    private static final int RECORDS = Integer.getInteger("etl.test.records", 8_000);
    private static final Map<TestDatabase, TestServer> SERVERS = new EnumMap<>(TestDatabase.class);

    @TempDir
    Path folder;

    @AfterAll
    static void endServers() {
        SERVERS.values().forEach(TestServer::crash);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void theRunGoesOnByItselfWhenTheServerIsBack(TestDatabase database) {
        TestServer server = server(database);
        try (EtlHome home = home(server, 20)) {
            EtlProcess process = processing(home);

            server.crash();
            process.signal("CONT");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> process.err().contains("attempt 2 of 20") || !process.isAlive());
            server.restart();
            EtlProcess.Result result = process.await();

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err()).contains("attempt 2 of 20").doesNotContain("\tat ");
            assertLoaded(home);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void aServerThatStaysAwayEndsTheRunWhichThenGoesOn(TestDatabase database) {
        TestServer server = server(database);
        try (EtlHome home = home(server, 2)) {
            EtlProcess process = processing(home);

            server.crash();
            process.signal("CONT");
            EtlProcess.Result result = process.await();
            server.restart();

            assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
            assertThat(result.err().lines().filter(line -> line.startsWith("etl: ")))
                    .singleElement()
                    .asString()
                    .contains("database");
            assertThat(result.err()).doesNotContain("\tat ");
            assertThat(home.staged()).isPositive();

            EtlProcess.Result again = EtlProcess.run(home, "--job.name=numbers");
            assertThat(again.exitCode()).as(again.err()).isZero();
            assertLoaded(home);
        }
    }

    private static TestServer server(TestDatabase database) {
        return SERVERS.computeIfAbsent(database, TestDatabase::ownServer);
    }

    private EtlHome home(TestServer server, int attempts) {
        return EtlHome.on(server, folder)
                .configure("spring.datasource.hikari.connection-timeout: 1000\n")
                .job(
                        "numbers",
                        Numbers.job("data/input/numbers.csv", 10, "1", "append", "") + "retry: { attempts: " + attempts
                                + ", pause: 500ms, max-pause: 1s }\n")
                .write("data/input/numbers.csv", Numbers.file(RECORDS) + "bad\n");
    }

    /**
     * Starts the run and pauses it when it has staged something, and the disk has it: a commit that waits flushes those that did
     * not.
     */
    private static EtlProcess processing(EtlHome home) {
        EtlProcess process = EtlProcess.start(home, "--job.name=numbers");
        await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || home.isAt("PROCESS"));
        try (WritersTurn turns = WritersTurn.in(home)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive()
                            || turns.take(() -> {
                                if (home.staged() == 0) {
                                    return false;
                                }
                                process.signal("STOP");
                                return true;
                            }));
        }
        assertThat(process.isAlive()).as(process.err()).isTrue();
        home.execute("create table flushed (id integer)");
        return process;
    }

    private static void assertLoaded(EtlHome home) {
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.rows("select count(*) from etl_publication")).containsExactly("1");
        assertThat(home.read("data/work/numbers/1/rejects.csv").lines()).hasSize(2);
        assertThat(home.tables("etl_stage%")).isEmpty();
    }
}
