package dev.etljar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Moments;
import dev.etljar.testing.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A run is stopped at each of its events in turn, in every way there is, and at random moments: it never says COMPLETED
 * with records missing, and the next run ends as if nothing had happened.
 */
class StopAtAnyMomentTests {

    private static final int RECORDS = 300;
    private static final int RANDOM_STOPS = Integer.getInteger("etl.test.stops", 20);
    private static final long SEED = Long.getLong("etl.test.seed", new Random().nextLong());

    @TempDir
    Path folder;

    private EtlHome home;

    @BeforeEach
    void prepare() {
        prepare(new EtlHome(folder));
    }

    private void prepare(EtlHome empty) {
        home = empty.job(
                        "numbers",
                        Numbers.job("data/input/numbers.csv", 100, "1", "append", "") + "retry: { attempts: 1 }\n")
                .write("data/input/numbers.csv", Numbers.file(RECORDS) + "bad\n");
    }

    @Test
    void aStopAskedForAtAnyEventLosesNothing() {
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            Launcher launcher = application.getBean(Launcher.class);
            List<String> events = events(launcher);
            for (int i = 0; i < events.size(); i++) {
                StopSignal stop = new StopSignal();
                RunOutcome outcome = run(launcher, atEvent(i, event -> stop.request()), stop);

                assertStoppedOrComplete(outcome, events.get(i));
                assertCompleteOnceItIsPublished(outcome, events.get(i));
                assertTheNextRunCompletes(launcher, events.get(i));
            }
        }
    }

    @Test
    void aStopAskedForAtAnyTimeLosesNothing() {
        Random random = new Random(SEED);
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            Launcher launcher = application.getBean(Launcher.class);
            events(launcher);
            long undisturbed = Math.min(micros(launcher), Math.min(micros(launcher), micros(launcher)));
            int stopped = 0;
            for (int i = 0; i < RANDOM_STOPS; i++) {
                StopSignal stop = new StopSignal();
                long delay = random.nextLong(undisturbed);
                Future<?> request = other.schedule(stop::request, delay, TimeUnit.MICROSECONDS);
                RunOutcome outcome = run(launcher, RunListener.NONE, stop);
                request.cancel(false);

                String moment = "after " + delay + " of " + undisturbed + " µs, -Detl.test.seed=" + SEED;
                assertStoppedOrComplete(outcome, moment);
                assertTheNextRunCompletes(launcher, moment);
                stopped += outcome instanceof RunOutcome.Stopped ? 1 : 0;
            }
            assertThat(stopped).as("runs that were stopped").isPositive();
        } finally {
            other.shutdownNow();
        }
    }

    /** What another process may do: set the job execution to STOPPING, and nothing else. */
    @Test
    void aStopWrittenByAnotherProcessAtAnyEventLosesNothing() {
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            Launcher launcher = application.getBean(Launcher.class);
            List<String> events = events(launcher);
            for (int i = 0; i < events.size(); i++) {
                RunOutcome outcome = run(
                        launcher,
                        atEvent(
                                i,
                                event -> home.execute("update batch_job_execution set status = 'STOPPING',"
                                        + " version = version + 1 where end_time is null")),
                        new StopSignal());

                assertStoppedOrComplete(outcome, events.get(i));
                assertCompleteOnceItIsPublished(outcome, events.get(i));
                assertTheNextRunCompletes(launcher, events.get(i));
            }
        }
    }

    /**
     * An interrupt is not how a run is stopped. Spring Batch ends the loop of an interrupted step as if its input had ended;
     * and H2 closes its file. Whatever comes of it, the next start mends it.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptAtAnyEventLosesNothing(boolean inMemory) {
        if (inMemory) {
            prepare(EtlHome.inMemory(folder));
        }
        List<String> events;
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            events = events(application.getBean(Launcher.class));
        }
        for (int i = 0; i < events.size(); i++) {
            String moment = events.get(i);
            RunOutcome outcome;
            try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
                outcome = run(
                        application.getBean(Launcher.class),
                        atEvent(i, event -> Thread.currentThread().interrupt()),
                        new StopSignal());
            } finally {
                Thread.interrupted();
            }
            if (outcome instanceof RunOutcome.Completed) {
                assertLoaded(moment);
            }
            // Another process would see that this one is gone.
            home.execute("delete from etl_lease");
            try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
                assertTheNextRunCompletes(application.getBean(Launcher.class), moment);
            }
        }
    }

    private static RunOutcome run(Launcher launcher, RunListener listener, StopSignal stop) {
        return launcher.run(new RunRequest("numbers", Map.of(), false, false), listener, stop);
    }

    /** How long a run takes. */
    private long micros(Launcher launcher) {
        long start = System.nanoTime();
        events(launcher);
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
    }

    /** The events of a run that nobody stops. */
    private List<String> events(Launcher launcher) {
        List<String> events = new ArrayList<>();
        RunOutcome outcome = run(launcher, atEvent(-1, events::add), new StopSignal());
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded("never");
        forget();
        assertThat(events).contains("started RUN", "started DOWNLOAD", "progressed PROCESS", "published FINALIZE");
        return events;
    }

    private void assertStoppedOrComplete(RunOutcome outcome, String moment) {
        if (outcome instanceof RunOutcome.Completed) {
            assertLoaded(moment);
        } else {
            assertThat(outcome).as(moment + ": " + outcome.message()).isInstanceOf(RunOutcome.Stopped.class);
        }
    }

    /** After that there is nothing that could be stopped. */
    private void assertCompleteOnceItIsPublished(RunOutcome outcome, String moment) {
        if (Set.of("published FINALIZE", "ended FINALIZE", "ended RUN").contains(moment)) {
            assertThat(outcome).as(moment).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.value("select status from BATCH_JOB_EXECUTION order by job_execution_id desc limit 1"))
                    .as(moment)
                    .isEqualTo("COMPLETED");
        }
    }

    private void assertTheNextRunCompletes(Launcher launcher, String moment) {
        RunOutcome again = run(launcher, RunListener.NONE, new StopSignal());
        assertThat(again)
                .as(moment + ", run again: " + again.message())
                .isInstanceOfAny(RunOutcome.Completed.class, RunOutcome.NothingNew.class);
        assertLoaded(moment + ", run again");
        forget();
    }

    private void assertLoaded(String moment) {
        assertThat(home.rows(Numbers.SELECT)).as(moment).isEqualTo(Numbers.rows(RECORDS));
        assertThat(home.value("select count(*) from etl_publication"))
                .as(moment)
                .isEqualTo("1");
        assertThat(home.value("select count(*) from etl_reject")).as(moment).isEqualTo("1");
        assertThat(home.tables("etl_stage%")).as(moment).isEmpty();
    }

    /** The next run of the same input is a new one. */
    private void forget() {
        home.execute("delete from numbers");
        home.execute("delete from etl_publication");
        home.execute("delete from etl_reject");
    }

    /** Does something at the event of this number; at each one where the number is negative. */
    private static RunListener atEvent(int number, Consumer<String> action) {
        AtomicInteger next = new AtomicInteger();
        return new Moments(event -> {
            if (next.getAndIncrement() == number || number < 0) {
                action.accept(event);
            }
        });
    }
}
