package dev.etljar.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.database.Target;
import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.lease.Leases;
import dev.etljar.repository.RunViews;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Progress;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunProcess;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.HaltingEtl;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Stop and abandon where nothing runs: what they say, what they leave alone, and what a kill has left. */
class OperatorTests {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private EtlHome home;
    private ConfigurableApplicationContext application;

    @BeforeEach
    void start() {
        home = new EtlHome(folder).job("numbers", Numbers.job(100)).write("data/input/numbers.csv", Numbers.file(250));
        application = InProcessEtl.open(folder);
    }

    @AfterEach
    void close() {
        application.close();
    }

    private RunOutcome run(RunLimits limits) {
        return application
                .getBean(Launcher.class)
                .run(new RunRequest("numbers", Map.of(), false, false, limits), RunListener.NONE, new StopSignal());
    }

    private RunOutcome oneChunk() {
        return run(new RunLimits(null, null, 1L));
    }

    private OperatorAnswer stop(long execution) throws Exception {
        return application.getBean(Stopping.class).stop(execution, AT_ONCE, line -> {});
    }

    private OperatorAnswer abandon(long execution) throws Exception {
        return application.getBean(Abandoning.class).abandon(execution);
    }

    private void assertNextRunLoads() {
        RunOutcome outcome = run(RunLimits.NONE);
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(250));
        assertThat(home.tables("etl_stage%")).isEmpty();
    }

    @Test
    void whatNeverWasIsWrong() throws Exception {
        assertThat(stop(1).exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(abandon(1).exitCode()).isEqualTo(ExitCode.WRONG);
        OperatorAnswer none = application.getBean(Stopping.class).stop("numbers", AT_ONCE, line -> {});
        assertThat(none.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(none.message()).contains("no execution of a job 'numbers'", "'list'");
    }

    @Test
    void whereNothingRunsTheStopSaysSoAndChangesNothing() throws Exception {
        assertThat(oneChunk()).isInstanceOf(RunOutcome.Stopped.class);
        String before = home.value("select status, version, last_updated from batch_job_execution");

        OperatorAnswer answer = stop(1);

        assertThat(answer.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(answer.message())
                .isEqualTo("Nothing runs: execution 1 of job 'numbers' is STOPPED, nothing was stopped");
        assertThat(answer.json()).contains("\"exitCode\":0", "\"executionId\":1", "\"status\":\"STOPPED\"");
        assertThat(home.value("select status, version, last_updated from batch_job_execution"))
                .isEqualTo(before);
        assertNextRunLoads();
    }

    /** The run's end is written between a look at the version and the update; a stop that came in between would break it. */
    @Test
    void aStopWaitsForWhatTheRunIsWriting() throws Exception {
        assertThat(oneChunk()).isInstanceOf(RunOutcome.Stopped.class);
        home.execute("update batch_job_execution set status = 'STARTED'");
        ExecutionRows rows = new ExecutionRows(application.getBean(Target.class));
        ExecutionRow execution = rows.find(1).orElseThrow();
        try (Connection run = home.connect();
                Statement statement = run.createStatement()) {
            run.setAutoCommit(false);
            statement.executeQuery("select * from etl_lease where name = 'numbers' for update");
            CompletableFuture<Boolean> stop = CompletableFuture.supplyAsync(() -> rows.requestStop(execution));
            assertThatThrownBy(() -> stop.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            statement.execute("update batch_job_execution set status = 'COMPLETED', version = version + 1");
            run.commit();
            assertThat(stop.get(10, TimeUnit.SECONDS)).as("asked to stop").isFalse();
        }
        assertThat(home.value("select status from batch_job_execution")).isEqualTo("COMPLETED");
    }

    @Test
    void aRunThatWasKilledIsNotWaitedForAndGoesOn() throws Exception {
        application.close();
        assertThat(HaltingEtl.run(home, "progressed PROCESS")).isEqualTo(HaltingEtl.KILLED);
        application = InProcessEtl.open(folder);

        String rows = home.rows("select * from batch_job_execution") + home.value("select * from etl_lease");
        RunSummary left = application.getBean(RunViews.class).execution(1).orElseThrow();
        assertThat(left.isLeft()).isTrue();
        assertThat(left.process()).extracting(RunProcess::name).asString().matches("pid \\d+ on .+");
        assertThat(home.rows("select * from batch_job_execution") + home.value("select * from etl_lease"))
                .as("a look changes nothing")
                .isEqualTo(rows);

        OperatorAnswer answer = stop(1);

        assertThat(answer.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(answer.message()).contains("was left STARTED by a process that is gone");
        // It was killed after it had been asked to stop.
        home.execute("update batch_job_execution set status = 'STOPPING', version = version + 1");
        assertThat(stop(1).message()).contains("was left STOPPING by a process that is gone");
        assertNextRunLoads();
        assertThat(home.value("select count(distinct job_instance_id) from batch_job_execution"))
                .isEqualTo("1");
    }

    /** The process that had the embedded database open takes it along when it ends. */
    @Test
    void aDatabaseThatTheRunClosesMeanwhileIsAskedAgain() throws Exception {
        assertThat(oneChunk()).isInstanceOf(RunOutcome.Stopped.class);
        Target repository = application.getBean(Target.class);
        AtomicInteger closed = new AtomicInteger(2);
        DataSource closing = new DelegatingDataSource(repository.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (closed.getAndDecrement() > 0) {
                    throw new SQLException("Database is already closed", "90121");
                }
                return super.getConnection();
            }
        };
        Stopping stopping = new Stopping(
                new Target(null, closing, repository.database(), repository.transactions()),
                application.getBean(Leases.class));

        OperatorAnswer answer = stopping.stop("numbers", AT_ONCE, line -> {});

        assertThat(answer.message()).startsWith("Nothing runs: execution 1 of job 'numbers' is STOPPED");
        assertThat(closed.get()).as("asked again").isNegative();
    }

    @Test
    void whatRunsIsNotTakenForLeft() {
        List<RunSummary> seen = new ArrayList<>();
        RunListener look = new RunListener() {
            @Override
            public void progressed(Progress progress) {
                RunViews views = application.getBean(RunViews.class);
                seen.add(views.newest("numbers", 1).get(0));
                // Of the same job, and older: killed, and not the one that was gone on with.
                views.execution(1).ifPresent(seen::add);
            }
        };
        assertThat(oneChunk()).isInstanceOf(RunOutcome.Stopped.class);
        home.execute("update batch_job_execution set status = 'STARTED', exit_code = 'UNKNOWN', end_time = null");
        application
                .getBean(Launcher.class)
                .run(new RunRequest("numbers", Map.of("date", "1"), false, false), look, new StopSignal());

        assertThat(seen.get(0).executionId()).isEqualTo(2);
        assertThat(seen.get(0).isLeft()).isFalse();
        assertThat(seen.get(0).process())
                .extracting(RunProcess::name)
                .asString()
                .contains("pid " + ProcessHandle.current().pid());
        assertThat(seen.get(1).isLeft()).isTrue();
        assertThat(seen.get(1).process())
                .extracting(RunProcess::name)
                .as("another one")
                .isNull();
    }

    @Test
    void anAbandonedRunIsNeverRestarted() throws Exception {
        assertThat(oneChunk()).isInstanceOf(RunOutcome.Stopped.class);
        assertThat(oneChunk()).isInstanceOf(RunOutcome.Stopped.class);
        assertThat(home.staged()).isEqualTo(200);

        OperatorAnswer answer = abandon(1);

        assertThat(answer.exitCode()).as(answer.message()).isEqualTo(ExitCode.COMPLETED);
        assertThat(answer.executionId()).as("the newest of the run").isEqualTo(2);
        assertThat(answer.status()).isEqualTo("ABANDONED");
        assertThat(home.tables("etl_stage%")).isEmpty();
        OperatorAnswer again = abandon(2);
        assertThat(again.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(again.message()).startsWith("Nothing was done").contains("abandoned before");
        RunOutcome restarted = application
                .getBean(Launcher.class)
                .restart(2, false, RunLimits.NONE, RunListener.NONE, new StopSignal());
        assertThat(restarted.exitCode()).isEqualTo(ExitCode.WRONG);
        assertNextRunLoads();
        assertThat(home.value("select count(distinct job_instance_id) from batch_job_execution"))
                .isEqualTo("2");
    }

    /** As a kill leaves it between the status and the removal. */
    @Test
    void whatAKillLeftOfAnAbandonmentIsRemovedByTheNextStartOrByAnotherAbandon() throws Exception {
        assertThat(oneChunk()).isInstanceOf(RunOutcome.Stopped.class);
        home.execute("update batch_job_execution set status = 'ABANDONED', version = version + 1");
        assertThat(home.staged()).isEqualTo(100);
        assertThat(abandon(1).message()).startsWith("Nothing was done");
        assertThat(home.tables("etl_stage%")).isEmpty();

        assertThat(oneChunk()).isInstanceOf(RunOutcome.Stopped.class);
        home.execute("update batch_job_execution set status = 'ABANDONED', version = version + 1");
        assertThat(home.staged()).isEqualTo(100);
        assertNextRunLoads();
    }

    @Test
    void whatIsCompleteCannotBeAbandoned() throws Exception {
        assertThat(oneChunk()).isInstanceOf(RunOutcome.Stopped.class);
        assertThat(run(RunLimits.NONE)).isInstanceOf(RunOutcome.Completed.class);

        OperatorAnswer answer = abandon(1);

        assertThat(answer.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(answer.message()).contains("The run is complete, by execution 2 of job 'numbers'");
        assertThat(home.rows("select status from batch_job_execution order by job_execution_id"))
                .containsExactly("STOPPED", "COMPLETED");
    }
}
