package dev.etljar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.progress.SettableClock;
import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code until java -jar etl.jar …; do :; done}: each start does what its limit allows, and the last one completes the job. */
class RunLimitsTests {

    private static final int RECORDS = 450;
    private static final int CHUNK = 100;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private EtlHome home;
    private ConfigurableApplicationContext application;

    @BeforeEach
    void start() {
        home = new EtlHome(folder)
                .job("numbers", Numbers.job(CHUNK))
                .write("data/input/numbers.csv", Numbers.file(RECORDS));
        application = InProcessEtl.open(folder, new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Clock ? clock : bean;
            }
        });
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private RunOutcome run(RunLimits limits, RunListener listener) {
        return application
                .getBean(Launcher.class)
                .run(new RunRequest("numbers", Map.of(), false, false, limits), listener, new StopSignal());
    }

    /** What was staged after each of the starts that stopped at their limit; the next one completed. */
    private List<Long> loop(RunLimits limits, RunListener listener) {
        List<Long> staged = new ArrayList<>();
        RunOutcome outcome = run(limits, listener);
        while (outcome instanceof RunOutcome.Stopped && staged.size() < 50) {
            assertThat(outcome.exitCode().code()).isEqualTo(4);
            assertThat(outcome.message()).contains("run again to continue");
            staged.add(home.staged());
            outcome = run(limits, listener);
        }
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.tables("etl_stage%")).isEmpty();
        return staged;
    }

    @Test
    void oneChunkAStartCompletesTheJob() {
        assertThat(loop(new RunLimits(null, null, 1L), RunListener.NONE)).containsExactly(100L, 200L, 300L, 400L);
    }

    @Test
    void soManyRecordsAStartAreExactlySoMany() {
        assertThat(loop(new RunLimits(null, 170L, null), RunListener.NONE)).containsExactly(170L, 340L);
    }

    @Test
    void theMessageSaysHowFarItIs() {
        RunOutcome stopped = run(new RunLimits(null, 170L, null), RunListener.NONE);
        assertThat(stopped.message())
                .matches("Stopped at its limit --max-items: processed 170 records in this start,"
                        + " [0-9.]+ of [0-9.]+ kB in all, run again to continue\\.");
    }

    @Test
    void rangesSideBySideKeepTheLimitTogether() {
        RunLimits fourChunks = new RunLimits(null, null, 4L);
        home.job("numbers", ranges(3));
        assertThat(run(fourChunks, RunListener.NONE)).isInstanceOf(RunOutcome.Stopped.class);
        assertThat(home.staged()).isBetween(1L, 80L);
        assertThat(home.value("select count(*) from batch_step_execution where step_name like 'PROCESS:%range3'"))
                .isEqualTo("1");

        long before = home.staged();
        for (long rows : loop(fourChunks, RunListener.NONE)) {
            assertThat(rows - before).as("rows of one start").isBetween(1L, 80L);
            before = rows;
        }
    }

    /** One thread after the other range: those that wait for it are left for a later start. */
    @Test
    void rangesThatWaitForAThreadAreLeftForALaterStart() {
        RunLimits oneChunk = new RunLimits(null, null, 1L);
        home.job("numbers", ranges(3));
        assertThat(run(oneChunk, RunListener.NONE)).isInstanceOf(RunOutcome.Stopped.class);

        home.job("numbers", ranges(1));
        assertThat(loop(oneChunk, RunListener.NONE)).hasSizeBetween(20, 25);
    }

    private static String ranges(int threads) {
        return Numbers.job(20).replace("process:", "process:\n  range-size: 1KB\n  parallelism: " + threads);
    }

    /** The shortest of times: each start does one chunk or one step, and what takes long is not begun anew for ever. */
    @Test
    void aTimeThatIsAlwaysUpGetsOneChunkOrStepFurther() {
        RunListener slow = new RunListener() {
            @Override
            public void phaseStarted(Phase phase) {
                clock.advance(Duration.ofHours(1));
            }

            @Override
            public void progressed(Progress progress) {
                clock.advance(Duration.ofHours(1));
            }
        };
        RunLimits limits = new RunLimits(Duration.ofMillis(1), null, null);

        RunOutcome first = run(limits, slow);
        assertThat(first.message())
                .isEqualTo("Stopped at its limit --max-duration: processed 1 of 5 steps, run again to continue.");
        assertThat(home.value("select status from batch_job_execution")).isEqualTo("STOPPED");

        assertThat(loop(limits, slow)).containsExactly(0L, 100L, 200L, 300L, 400L, 450L, 450L);
    }

    @Test
    void aTimeThatIsNotUpEndsNothing() {
        assertThat(loop(new RunLimits(Duration.ofMinutes(10), null, null), RunListener.NONE))
                .isEmpty();
    }
}
