package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.rerun.Rerun;
import dev.etljar.rerun.RerunPlan;
import dev.etljar.rerun.RerunRequest;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Phase;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.HaltingEtl;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Moments;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WatchedDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** An execution is run again from a step, on the servers, and after the death of its process. */
class RerunIT {

    private static final int RECORDS = 300;

    @TempDir
    Path folder;

    private final List<RerunPlan> plans = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL_NEWEST, POSTGRESQL_NEWEST, swap",
        "MARIADB_NEWEST, MARIADB_NEWEST, replace",
        "H2, POSTGRESQL_NEWEST, upsert\\n  key: [id]"
    })
    void theRowsAreThoseOfTheInputOnce(TestDatabase repository, TestDatabase target, String publish) {
        try (EtlHome home = home(repository, target, publish.replace("\\n", "\n"))) {
            RunOutcome failed = InProcessEtl.run(
                    folder,
                    "numbers",
                    new Moments(happened -> {
                        if (happened.equals("progressed PROCESS")) {
                            throw new IllegalStateException("dies");
                        }
                    }),
                    new StopSignal());
            assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);

            assertCompleted(rerun(1, Phase.PROCESS));
            assertLoadedOnce(home);
            assertThat(plans.get(0).staged()).hasSize(1);

            assertCompleted(rerun(3, Phase.VALIDATE));
            assertLoadedOnce(home);
            assertThat(plans.get(1).takenBack()).hasSize(1);
            assertThat(plans.get(1).from()).isEqualTo(Phase.PROCESS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "after commit 1 of update etl_publication set taken_back_at",
        "after commit 1 of INSERT INTO BATCH_STEP_EXECUTION("
    })
    void theSameCommandAfterADeathEndsTheSame(String moment) {
        try (EtlHome home = home(TestDatabase.H2, TestDatabase.H2, "append")) {
            assertCompleted(InProcessEtl.run(home, "numbers"));
            String watched = "driver-class-name: " + WatchedDriver.class.getName() + "\n";
            home.configureTarget("      " + watched).configure("---\nspring.datasource." + watched);

            assertThat(HaltingEtl.rerun(home, moment)).isEqualTo(HaltingEtl.KILLED);

            assertCompleted(rerun(1, Phase.PROCESS));
            assertLoadedOnce(home);
        }
    }

    private EtlHome home(TestDatabase repository, TestDatabase target, String publish) {
        boolean one = repository == target && target != TestDatabase.H2;
        EtlHome home = one ? EtlHome.on(target, folder) : EtlHome.withTargetOn(repository, target, folder);
        String job = Numbers.job("data/input/numbers.csv", 100, "1", publish, "");
        return home.job("numbers", (one ? "" : "target: warehouse\n") + job)
                .write("data/input/numbers.csv", Numbers.file(RECORDS) + "bad\n");
    }

    private RunOutcome rerun(long execution, Phase from) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            return Rerun.with(application, folder)
                    .run(
                            new RerunRequest(execution, from, RunLimits.NONE),
                            plans::add,
                            RunListener.NONE,
                            new StopSignal());
        }
    }

    private static void assertCompleted(RunOutcome outcome) {
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
    }

    private static void assertLoadedOnce(EtlHome home) {
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.rows("select count(*) from etl_publication where taken_back_at is null"))
                .containsExactly("1");
        assertThat(home.value("select count(*) from etl_reject")).isEqualTo("1");
        assertThat(home.tables("etl_stage%")).isEmpty();
    }
}
