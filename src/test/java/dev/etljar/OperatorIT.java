package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.operate.Abandoning;
import dev.etljar.operate.Approving;
import dev.etljar.operate.OperatorAnswer;
import dev.etljar.operate.Stopping;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WaitingEtl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What an operator does reaches a run in another process, through the database alone. */
class OperatorIT {

    private static final int RECORDS = 2_000;
    private static final int CHUNK = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As a lease on another machine is written. */
    private static final String ELSEWHERE = "update etl_lease set lock_until = '2099-01-01 00:00:00',"
            + " locked_by = 'pid 7 on elsewhere since 2026-11-24T02:00:00Z (otherkernel/1, 1)'";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"H2, VALIDATE", "POSTGRESQL_NEWEST, PROCESS", "POSTGRESQL_NEWEST, VALIDATE", "MARIADB_NEWEST, VALIDATE"
    })
    void aRunOfAnotherProcessStopsAndGoesOn(TestDatabase database, String phase) throws IOException {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.execute("create table brake (id integer)");
            home.execute("insert into brake values (1)");
            home.job("numbers", Numbers.job("data/input/numbers.csv", CHUNK, "0", "append", slowRule(phase)));
            assertStops(home, phase);
            home.execute("delete from brake");
            assertGoesOn(home);
        }
    }

    @Test
    void aRunIntoAnotherTargetStopsAndGoesOn() throws IOException {
        try (EtlHome home = EtlHome.withTargetOn(TestDatabase.POSTGRESQL_NEWEST, TestDatabase.MARIADB_NEWEST, folder)) {
            home.job("numbers", "target: warehouse\n" + Numbers.job(CHUNK));
            assertStops(home, "PROCESS");
            assertGoesOn(home);
        }
    }

    private void assertStops(EtlHome home, String phase) throws IOException {
        home.write("data/input/numbers.csv", Numbers.file(RECORDS));
        List<String> said = new ArrayList<>();
        try (EtlProcess process = start(home, phase);
                ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            awaitMiddle(home, phase);

            OperatorAnswer answer = application.getBean(Stopping.class).stop("numbers", PATIENCE, said::add);

            assertThat(answer.exitCode()).as(answer.message()).isEqualTo(ExitCode.COMPLETED);
            assertThat(answer.message()).startsWith("Stopped: execution 1 of job 'numbers' is STOPPED");
            assertThat(said).singleElement().asString().contains("execution 1 of job 'numbers' is asked for");
            assertThat(process.endsWithin(Duration.ofSeconds(10))).isTrue();
            EtlProcess.Result result = process.await();
            assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
        }
        assertThat(home.repository().value("select status from BATCH_JOB_EXECUTION"))
                .isEqualTo("STOPPED");
        assertThat(home.staged()).isPositive();
        assertThat(home.staged() % CHUNK).as("whole chunks").isZero();
        assertThat(home.staged() < RECORDS).isEqualTo(phase.equals("PROCESS"));
    }

    /** PROCESS waits in its second chunk for the stop, VALIDATE at its brake. */
    private static EtlProcess start(EtlHome home, String phase) {
        return phase.equals("PROCESS") ? WaitingEtl.start(home, CHUNK) : EtlProcess.start(home, "--job.name=numbers");
    }

    private static void assertGoesOn(EtlHome home) {
        RunOutcome again = InProcessEtl.run(home, "numbers");
        assertThat(again).as(again.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
    }

    private static void awaitMiddle(EtlHome home, String phase) {
        await(() -> phase.equals("PROCESS") ? home.staged() > 0 : home.isAt(phase));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    private static String slowRule(String phase) {
        return phase.equals("VALIDATE")
                ? "- { rule: sql, query: \"select case when exists (select 1 from brake)"
                        + " then (select count(*) from ${table:numbers} a, ${table:numbers} b, ${table:numbers} c"
                        + " where a.id + b.id + c.id < 0) else 0 end\", expect: 0 }"
                : "";
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void anAbandonedRunIsFollowedByANewOne(TestDatabase database) throws IOException {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.job("numbers", Numbers.job(100)).write("data/input/numbers.csv", Numbers.file(300));
            assertThat(stoppedAfterAChunk()).isInstanceOf(RunOutcome.Stopped.class);
            try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
                OperatorAnswer answer = application.getBean(Abandoning.class).abandon(1);
                assertThat(answer.exitCode()).as(answer.message()).isEqualTo(ExitCode.COMPLETED);
            }
            assertThat(home.tables("etl_stage%")).isEmpty();

            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(300));
            assertThat(home.rows("select job_instance_id, status from BATCH_JOB_EXECUTION order by 1"))
                    .containsExactly("1|ABANDONED", "2|COMPLETED");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void aRunOnAnotherMachineIsNotAbandonedAndItsStopIsNotWaitedForForEver(TestDatabase database) throws IOException {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.job("numbers", Numbers.job(100)).write("data/input/numbers.csv", Numbers.file(300));
            assertThat(stoppedAfterAChunk()).isInstanceOf(RunOutcome.Stopped.class);
            home.execute("update BATCH_JOB_EXECUTION set status = 'STARTED', end_time = null");
            home.execute(ELSEWHERE);
            try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
                OperatorAnswer abandoned = application.getBean(Abandoning.class).abandon(1);
                assertThat(abandoned.exitCode()).isEqualTo(ExitCode.RUNNING);
                assertThat(abandoned.message()).contains("pid 7 on elsewhere since", "'stop 1' stops it");
                assertThat(home.value("select status from BATCH_JOB_EXECUTION")).isEqualTo("STARTED");

                OperatorAnswer stopped =
                        application.getBean(Stopping.class).stop(1, Duration.ofMillis(500), line -> {});
                assertThat(stopped.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(stopped.message()).contains("It has not stopped", "run 'stop' again");
                assertThat(home.value("select status from BATCH_JOB_EXECUTION")).isEqualTo("STOPPING");

                // Its time is over, and nobody renewed it.
                home.execute("update etl_lease set lock_until = '2020-01-01 00:00:00'");
                OperatorAnswer gone = application.getBean(Stopping.class).stop(1, Duration.ofSeconds(5), line -> {});
                assertThat(gone.exitCode()).isEqualTo(ExitCode.COMPLETED);
                assertThat(gone.message()).contains("was left STOPPING by a process that is gone");
            }
            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(300));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST", "MARIADB_NEWEST"})
    void aRunWaitsForApprovalAndItsTimeIsThatOfTheDatabase(TestDatabase database) throws IOException {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.job("numbers", Numbers.job(100) + "approve: { before: FINALIZE, expires: 2d }\n")
                    .write("data/input/numbers.csv", Numbers.file(300));
            try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
                Launcher launcher = application.getBean(Launcher.class);
                Approving approving = application.getBean(Approving.class);
                assertThat(run(launcher, false).exitCode()).isEqualTo(ExitCode.WAITING);
                assertThat(home.value("select count(*) from etl_approval where expires_at"
                                + " between asked_at + interval '47' hour and asked_at + interval '49' hour"))
                        .isEqualTo("1");
                home.execute("update etl_approval set expires_at = asked_at");

                assertThat(approving.approve(1, "late", null).message()).contains("It is too late");
                assertThat(run(launcher, false).exitCode()).isEqualTo(ExitCode.REFUSED);
                assertThat(run(launcher, true).exitCode()).isEqualTo(ExitCode.WAITING);
                OperatorAnswer approved = approving.approve(3, "ann", "fine");
                assertThat(approved.exitCode()).as(approved.message()).isEqualTo(ExitCode.COMPLETED);
                assertThat(run(launcher, false)).isInstanceOf(RunOutcome.Completed.class);
            }
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(300));
            assertThat(home.rows("select decision, decided_by, note from etl_approval order by job_instance_id"))
                    .containsExactly("null|null|null", "APPROVED|ann|fine");
        }
    }

    private static RunOutcome run(Launcher launcher, boolean startOver) {
        return launcher.run(new RunRequest("numbers", Map.of(), false, startOver), RunListener.NONE, new StopSignal());
    }

    private RunOutcome stoppedAfterAChunk() {
        StopSignal stop = new StopSignal();
        return InProcessEtl.run(
                folder,
                "numbers",
                new RunListener() {
                    @Override
                    public void progressed(Progress progress) {
                        if (progress.loaded() == 100) {
                            stop.request();
                        }
                    }
                },
                stop);
    }
}
