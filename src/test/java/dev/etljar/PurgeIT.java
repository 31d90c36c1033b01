package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.operate.Rollback;
import dev.etljar.operate.RollbackRequest;
import dev.etljar.purge.Purge;
import dev.etljar.purge.PurgeOutcome;
import dev.etljar.purge.PurgeRequest;
import dev.etljar.run.ExitCode;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Old runs go from each database alike, also where the job repository is in another one than the target. */
class PurgeIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL_NEWEST, POSTGRESQL_NEWEST",
        "MARIADB_NEWEST, MARIADB_NEWEST",
        "POSTGRESQL_NEWEST, MARIADB_NEWEST"
    })
    void oldRunsGoWithTheirRowsTablesAndFiles(TestDatabase repository, TestDatabase target) throws IOException {
        try (EtlHome home = repository == target
                        ? EtlHome.on(target, folder)
                        : EtlHome.withTargetOn(repository, target, folder);
                ConfigurableApplicationContext application = loadedFiveTimes(home, repository == target)) {
            home.repository()
                    .execute("update BATCH_JOB_EXECUTION set end_time = current_date - interval '100' day"
                            + " where job_instance_id <> 4");

            PurgeOutcome told = purge(application, true);
            assertThat(home.value("select count(*) from etl_reject")).isEqualTo("5");
            PurgeOutcome outcome = purge(application, false);

            assertThat(outcome.exitCode()).as(outcome.json()).isEqualTo(ExitCode.COMPLETED);
            assertThat(outcome.removed()).isEqualTo(told.removed());
            assertThat(outcome.removed().runs()).isEqualTo(3);
            assertThat(home.repository().rows("select job_instance_id from BATCH_JOB_INSTANCE order by 1"))
                    .containsExactly("4", "5");
            for (String table : List.of("etl_reject", "etl_header", "etl_publication")) {
                assertThat(home.rows("select distinct job_instance_id from " + table + " order by 1"))
                        .as(table)
                        .containsExactly("4", "5");
            }
            assertThat(home.tables("etl_stage%")).isEmpty();
            assertThat(home.exists("data/work/numbers/3")).isFalse();
            assertThat(home.exists("data/work/numbers/4")).isTrue();
            assertThat(purge(application, false).removed().runs()).isZero();
            assertThat(Rollback.with(application, folder)
                            .run(new RollbackRequest(5, false, false))
                            .exitCode())
                    .isEqualTo(ExitCode.COMPLETED);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(4));
        }
    }

    private static PurgeOutcome purge(ConfigurableApplicationContext application, boolean dryRun) throws IOException {
        return Purge.with(
                        application,
                        Path.of(String.valueOf(application.getEnvironment().getProperty("etl.home"))))
                .run(new PurgeRequest(Duration.ofDays(90), 1, null, dryRun));
    }

    private static ConfigurableApplicationContext loadedFiveTimes(EtlHome home, boolean ownTarget) {
        home.job(
                "numbers",
                (ownTarget ? "" : "target: warehouse\n")
                        + Numbers.job("data/input/numbers.csv", 100, "100%", "replace", ""));
        ConfigurableApplicationContext application = InProcessEtl.open(home.root());
        for (int records = 1; records <= 5; records++) {
            home.write("data/input/numbers.csv", Numbers.file(records) + "bad\n");
            RunOutcome outcome = application
                    .getBean(Launcher.class)
                    .run(new RunRequest("numbers", Map.of(), false, false), RunListener.NONE, new StopSignal());
            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        }
        return application;
    }
}
