package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.EtlProcess.Result;
import dev.etljar.testing.HaltingEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two starts of one job at the same moment, on a database that has nothing yet, and on an execution that a killed process
 * left behind, which plain Spring Batch runs twice. The job appends to a table without a key and has no rule, so that a
 * record that is loaded twice is seen. {@code -Detl.test.double-starts=50} makes it large.
 */
class DoubleStartIT {

    private static final int STARTS = Integer.getInteger("etl.test.double-starts", 2);

    /** Whether two starts meet is up to the machine. */
    private static final int MOST_STARTS = 20;

    private static final int RECORDS = 10_000;

    private static final String STEPS_AT_ONCE = """
            select count(*) from BATCH_STEP_EXECUTION a join BATCH_STEP_EXECUTION b
              on a.job_execution_id < b.job_execution_id
            where a.start_time < b.end_time and b.start_time < a.end_time
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void oneOfTwoStartsRuns(TestDatabase database) {
        int met = 0;
        int starts = 0;
        for (; starts < STARTS || (met == 0 && starts < MOST_STARTS); starts++) {
            boolean afterKill = starts % 2 == 1;
            try (EtlHome home = EtlHome.on(database, folder.resolve(database + "-" + starts))) {
                met += startTwice(home, afterKill) ? 1 : 0;
            }
        }
        System.out.println("Double starts: " + database + ": " + starts + ", of which " + met
                + " met the other one at work, and none ran beside it");
        assertThat(met).as("starts that met the other one at work").isPositive();
    }

    private static boolean startTwice(EtlHome home, boolean afterKill) {
        home.write("data/input/numbers.csv", Numbers.file(RECORDS))
                .job("numbers", Numbers.job(20).replaceAll("(?m)^validate:\\R.*\\R", ""));
        if (afterKill) {
            assertThat(HaltingEtl.run(home, "progressed PROCESS")).isEqualTo(HaltingEtl.KILLED);
        }

        try (EtlProcess first = EtlProcess.start(home, "--job.name=numbers");
                EtlProcess second = EtlProcess.start(home, "--job.name=numbers")) {
            Result one = first.await();
            Result other = second.await();

            boolean oneRan = ran(one);
            assertThat(List.of(oneRan, ran(other))).as(one + "\n" + other).containsExactlyInAnyOrder(true, false);
            assertExactlyOnce(home);
            return assertLeftAlone(oneRan ? other : one, oneRan ? first : second);
        }
    }

    private static boolean ran(Result result) {
        return result.exitCode() == 0 && result.out().contains("COMPLETED: numbers");
    }

    /** The one that did not run names the other, or came when it had ended. */
    private static boolean assertLeftAlone(Result loser, EtlProcess winner) {
        if (loser.exitCode() == 0) {
            assertThat(loser.out()).contains("Nothing new");
            return false;
        }
        assertThat(loser.exitCode()).as(loser.err()).isEqualTo(6);
        assertThat(loser.err())
                .containsPattern("etl: Job 'numbers' is running already: pid " + winner.pid()
                        + " on \\S+ since 20\\S+Z\\. Nothing was started\\.")
                .doesNotContain("\tat ");
        return true;
    }

    private static void assertExactlyOnce(EtlHome home) {
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("1");
        assertThat(home.value("select count(*) from BATCH_JOB_EXECUTION where status = 'COMPLETED'"
                        + " and exit_code = 'COMPLETED'"))
                .isEqualTo("1");
        assertThat(home.value("select count(*) from BATCH_STEP_EXECUTION where end_time is null"))
                .isEqualTo("0");
        assertThat(home.value(STEPS_AT_ONCE)).as("steps at work at once").isEqualTo("0");
        assertThat(home.tables("etl_stage%")).isEmpty();
    }
}
