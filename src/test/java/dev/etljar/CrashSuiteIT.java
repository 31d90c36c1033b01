package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.selftest.Selftest;
import dev.etljar.selftest.SelftestRequest;
import dev.etljar.selftest.SelftestRequest.Server;
import dev.etljar.selftest.SelftestResult;
import dev.etljar.testing.BrokenEtl;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The crash suite of {@code etl.jar selftest}, small: kills on each database. {@code -Detl.test.kills=200} makes it large,
 * {@code -Detl.test.seed=…} repeats one.
 */
class CrashSuiteIT {

    private static final int KILLS = Integer.getInteger("etl.test.kills", 10);
    private static final long SEED = Long.getLong("etl.test.seed", new Random().nextLong());
    private static final int RECORDS = Integer.getInteger("etl.test.records", 5_000);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostOrDoubledOnH2() throws Exception {
        assertPasses(run(null, false, EtlProcess.command(), KILLS, RECORDS / 40));
    }

    @Test
    void nothingIsLostOrDoubledOnPostgreSql() throws Exception {
        assertPasses(run(TestDatabase.POSTGRESQL_NEWEST.server(), false, EtlProcess.command(), KILLS, RECORDS / 40));
    }

    @Test
    void nothingIsLostOrDoubledOnMariaDb() throws Exception {
        assertPasses(run(TestDatabase.MARIADB_NEWEST.server(), false, EtlProcess.command(), KILLS, RECORDS / 40));
    }

    @Test
    void nothingIsLostOrDoubledWhereTheRepositoryIsElsewhere() throws Exception {
        assertPasses(run(TestDatabase.POSTGRESQL_NEWEST.server(), true, EtlProcess.command(), KILLS, RECORDS / 40));
    }

    /** A suite that finds nothing in a broken application would prove nothing by passing; it ends at the first find. */
    @Test
    void findsTheLossWhereTheCheckpointIsOutsideOfTheChunksTransaction() throws Exception {
        SelftestResult result = run(TestDatabase.POSTGRESQL_NEWEST.server(), false, BrokenEtl.command(), 60, 100);

        assertThat(result.kills().get(Phase.PROCESS)).as(result.text()).isPositive();
        assertThat(result.passed()).as(result.text()).isFalse();
        // The application's own count of its rows, in VALIDATE, may tell of the loss before the suite's comparison
        // does.
        assertThat(result.text()).containsPattern("(?s)rows: [1-9]\\d* lost|rows staged");
    }

    private SelftestResult run(
            @Nullable TestServer server,
            boolean embeddedRepository,
            List<String> command,
            int kills,
            int checkpointEvery)
            throws Exception {
        SelftestRequest request = new SelftestRequest(
                kills,
                SEED,
                RECORDS,
                checkpointEvery,
                server == null ? null : new Server(server.url(), server.username(), server.password()),
                embeddedRepository,
                command,
                folder);
        SelftestResult result = new Selftest(request, line -> {}).run();
        System.out.println("Crash suite: " + result.text());
        return result;
    }

    private static void assertPasses(SelftestResult result) {
        assertThat(result.passed()).as(result.text()).isTrue();
    }
}
