package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.selftest.Selftest;
import dev.etljar.selftest.SelftestRequest;
import dev.etljar.selftest.SelftestRequest.Server;
import dev.etljar.selftest.SelftestResult;
import dev.etljar.selftest.Shape;
import dev.etljar.testing.BrokenEtl;
import dev.etljar.testing.BrokenRerun;
import dev.etljar.testing.BrokenRollback;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.TestServer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The crash suite of {@code etl.jar selftest}, small: kills on each database, of runs and of what an operator does, which the
 * databases share. {@code -Detl.test.kills=200} makes it large, with all of that on each; {@code -Detl.test.seed=…} repeats
 * one.
 */
class CrashSuiteIT {

    private static final int FEW = 7;
    private static final int KILLS = Integer.getInteger("etl.test.kills", FEW);
    private static final long SEED = Long.getLong("etl.test.seed", new Random().nextLong());
    private static final int RECORDS = Integer.getInteger("etl.test.records", 5_000);
    private static final int CHUNKS = 40;

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostOrDoubledOnH2() throws Exception {
        assertPasses(null, false, Shape.RUN, Shape.TIME_BOX, Shape.RERUN);
    }

    @Test
    void nothingIsLostOrDoubledOnPostgreSql() throws Exception {
        assertPasses(TestDatabase.POSTGRESQL_NEWEST.server(), false, Shape.STOP, Shape.ROLLBACK);
    }

    @Test
    void nothingIsLostOrDoubledOnMariaDb() throws Exception {
        assertPasses(TestDatabase.MARIADB_NEWEST.server(), false, Shape.REPLAY, Shape.ROLLBACK);
    }

    @Test
    void nothingIsLostOrDoubledWhereTheRepositoryIsElsewhere() throws Exception {
        assertPasses(TestDatabase.POSTGRESQL_NEWEST.server(), true, Shape.APPROVAL, Shape.RERUN);
    }

    @Test
    void aServerThatDoesNotLetTheUserInIsForAPersonToCorrect() {
        try (EtlHome home = new EtlHome(folder)) {
            EtlProcess.Result result = EtlProcess.start(
                            home,
                            "selftest",
                            "--url="
                                    + TestDatabase.POSTGRESQL_NEWEST
                                            .server()
                                            .url()
                                            .replaceFirst("\\?.*", ""),
                            "--username=nobody",
                            "--kills=1")
                    .await();

            assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
            assertThat(result.err())
                    .startsWith("etl: The database of --url cannot be used: ")
                    .contains("see --username and the environment variable ETL_SELFTEST_PASSWORD")
                    .doesNotContain("\tat ");
        }
    }

    /** A suite that finds nothing in a broken application would prove nothing by passing; it ends at the first find. */
    @ParameterizedTest
    @ValueSource(ints = {20, 100})
    void findsTheLossWhereTheCheckpointIsOutsideOfTheChunksTransaction(int checkpointEvery) throws Exception {
        SelftestResult result = run(
                TestDatabase.POSTGRESQL_NEWEST.server(),
                false,
                BrokenEtl.command(),
                60,
                checkpointEvery,
                Set.of(Shape.RUN));

        assertThat(result.kills().get("PROCESS")).as(result.text()).isPositive();
        assertThat(result.passed()).as(result.text()).isFalse();
        // The application's own count of its rows, in VALIDATE, may tell of the loss before the suite's comparison
        // does.
        assertThat(result.text()).containsPattern("(?s)rows: [1-9]\\d* lost|rows staged");
    }

    @Test
    void findsTheRowsThatStayWhereARollbackIsNotOneTransaction() throws Exception {
        SelftestResult result = run(
                TestDatabase.POSTGRESQL_NEWEST.server(),
                false,
                BrokenRollback.command(),
                60,
                RECORDS,
                Set.of(Shape.ROLLBACK));

        assertThat(result.kills().get("rollback")).as(result.text()).isPositive();
        assertThat(result.text()).containsPattern("rows: \\d+ lost, [1-9]\\d* doubled");
    }

    /** The suite's first rerun is of a published run, and killed once its plan is told: by the seed, which only saves time. */
    @Test
    void findsTheRowsThatAreMissingWhereARunIsNotSetBackInOneTransaction() throws Exception {
        SelftestRequest request =
                new SelftestRequest(60, 42, 500, 100, null, false, BrokenRerun.command(), folder, Set.of(Shape.RERUN));
        SelftestResult result = run(request);

        assertThat(result.kills().get("rerun")).as(result.text()).isPositive();
        assertThat(result.text()).containsPattern("rows: [1-9]\\d* lost");
    }

    private void assertPasses(@Nullable TestServer server, boolean embeddedRepository, Shape... few) throws Exception {
        SelftestResult result = run(
                server,
                embeddedRepository,
                EtlProcess.command(),
                KILLS,
                RECORDS / CHUNKS,
                KILLS == FEW ? Set.of(few) : EnumSet.allOf(Shape.class));
        assertThat(result.passed()).as(result.text()).isTrue();
    }

    private SelftestResult run(
            @Nullable TestServer server,
            boolean embeddedRepository,
            List<String> command,
            int kills,
            int checkpointEvery,
            Set<Shape> shapes)
            throws Exception {
        SelftestRequest request = new SelftestRequest(
                kills,
                SEED,
                RECORDS,
                checkpointEvery,
                server == null ? null : new Server(server.url(), server.username(), server.password()),
                embeddedRepository,
                command,
                folder,
                shapes);
        return run(request);
    }

    private static SelftestResult run(SelftestRequest request) throws Exception {
        SelftestResult result = new Selftest(request, line -> {}).run();
        System.out.println("Crash suite: " + result.text());
        return result;
    }
}
