package dev.etljar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Of three loads, {@code lines} is after {@code orders}, and {@code products} is after none. */
class LoadOrderRunTests {

    private static final int RECORDS = 100;

    @TempDir
    Path folder;

    private EtlHome home;
    private ConfigurableApplicationContext application;

    @BeforeEach
    void start() {
        home = new EtlHome(folder)
                .write("data/input/orders.csv", file("order"))
                .write("data/input/products.csv", file("product"))
                .write("data/input/lines.csv", file("line"));
        job(4, "0", "[orders]");
        application = InProcessEtl.open(folder);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private static String file(String what) {
        StringBuilder file = new StringBuilder("id,name\n");
        for (int i = 1; i <= RECORDS; i++) {
            file.append(i).append(',').append(what).append(i).append('\n');
        }
        return file.toString();
    }

    private void job(int parallelism, String rejects, String after) {
        StringBuilder yaml = new StringBuilder("""
                download:
                  - url: data/input/lines.csv
                  - url: data/input/orders.csv
                  - url: data/input/products.csv
                process:
                  checkpoint-every: 20
                  range-size: 400B
                  parallelism: %d
                  loads:
                """.formatted(parallelism));
        for (String table : List.of("lines", "orders", "products")) {
            yaml.append(
                    """
                        - files: %1$s.csv
                          table: %1$s
                          create: true
                          after: %2$s
                          columns: [ { name: id, type: integer, required: true }, { name: name, type: varchar(20) } ]
                          rejects: { max: %3$s }
                    """.formatted(table, table.equals("lines") ? after : "[]", table.equals("orders") ? rejects : "0")
                            .indent(-4)
                            .replaceAll("(?m)^", "    "));
        }
        home.job("shop", yaml.toString());
    }

    private RunOutcome run(RunLimits limits, RunListener listener) {
        return application
                .getBean(Launcher.class)
                .run(new RunRequest("shop", Map.of(), false, false, limits), listener, new StopSignal());
    }

    private RunOutcome run() {
        return run(RunLimits.NONE, RunListener.NONE);
    }

    private long written(String load) {
        return Long.parseLong(home.value("select coalesce(sum(write_count), 0) from batch_step_execution"
                + " where step_name like 'PROCESS:" + load + "-%'"));
    }

    private void assertLoaded() {
        for (String table : List.of("orders", "products", "lines")) {
            assertThat(home.value("select count(*) from " + table)).isEqualTo(String.valueOf(RECORDS));
        }
        assertThat(List.of(written("load1"), written("load2"), written("load3")))
                .as("each record is written once")
                .containsOnly((long) RECORDS);
    }

    @Test
    void aLoadBeginsWhenWhatItIsAfterIsComplete() {
        RunOutcome outcome = run();

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows("select step_name from batch_step_execution where step_name like 'PROCESS:load1-%'"))
                .as("ranges of the load that waits")
                .hasSizeGreaterThan(1);
        assertThat(home.value("select count(*) from batch_step_execution line, batch_step_execution orders"
                        + " where line.step_name like 'PROCESS:load1-%' and orders.step_name like 'PROCESS:load2-%'"
                        + " and line.start_time < orders.end_time"))
                .isEqualTo("0");
        assertLoaded();
    }

    @Test
    void besideARefusedLoadTheOthersAreCompletedAndWhatIsAfterItDoesNotBegin() {
        home.write("data/input/orders.csv", file("order") + "many,bad\n");

        RunOutcome refused = run();

        assertThat(refused).as(refused.message()).isInstanceOf(RunOutcome.Refused.class);
        assertThat(refused.message())
                .contains("Load 'orders': 1 of ", "Load 'lines' did not begin, since it is after 'orders'");
        assertThat(List.of(written("load1"), written("load3"))).containsExactly(0L, (long) RECORDS);

        job(4, "1", "[orders]");
        RunOutcome outcome = run();

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded();
    }

    /** Only when all of it is read is it known that a share of the records is too large. */
    @Test
    void aLoadThatIsReadAndHasTooManyRejectsKeepsWhatIsAfterItFromBeginning() {
        home.write("data/input/orders.csv", file("order") + "many,bad\n");
        job(2, "0.5%", "[orders]");

        for (int i = 0; i < 2; i++) {
            RunOutcome refused = run();
            assertThat(refused).as(refused.message()).isInstanceOf(RunOutcome.Refused.class);
            assertThat(refused.message()).contains("Load 'orders': 1 of 101 records", "Load 'lines' did not begin");
        }
        assertThat(List.of(written("load1"), written("load3"))).containsExactly(0L, (long) RECORDS);

        job(2, "1%", "[orders]");
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded();
    }

    @Test
    void besideALoadThatFailsTheOthersAreCompletedAndTheNextStartGoesOn() {
        job(1, "0", "[orders]");

        RunOutcome failed = run(RunLimits.NONE, new RunListener() {
            private int chunks;

            @Override
            public void progressed(Progress progress) {
                if (progress.phase() == Phase.PROCESS && ++chunks == 2) {
                    throw new IllegalStateException("a fault");
                }
            }
        });

        assertThat(failed).as(failed.message()).isInstanceOf(RunOutcome.Failed.class);
        assertThat(failed.message())
                .isEqualTo("IllegalStateException: a fault. Load 'lines' did not begin, since it is after 'orders'."
                        + " The progress is kept, run again to go on");
        assertThat(List.of(written("load1"), written("load3"))).containsExactly(0L, (long) RECORDS);
        assertThat(written("load2")).isBetween(1L, RECORDS - 1L);

        job(4, "0", "[orders]");
        RunOutcome outcome = run();

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded();
    }

    @Test
    void inATimeBoxNothingBeginsBeforeItsTurnAndTheOrderIsTheNextStartsToo() {
        job(2, "0", "[orders, products]");
        RunOutcome outcome = run(new RunLimits(null, null, 3L), RunListener.NONE);
        int starts = 1;
        while (outcome instanceof RunOutcome.Stopped && starts < 50) {
            assertThat(outcome.message()).contains("--max-chunks").doesNotContain("did not begin");
            if (written("load1") > 0) {
                assertThat(written("load2") + written("load3")).isEqualTo(2L * RECORDS);
            }
            outcome = run(new RunLimits(null, null, 3L), RunListener.NONE);
            starts++;
        }

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertThat(starts).isGreaterThan(4);
        assertLoaded();
    }

    @Test
    void aStopLeavesWhatWaitsWhereItIs() {
        StopSignal stop = new StopSignal();

        RunOutcome stopped = application
                .getBean(Launcher.class)
                .run(
                        new RunRequest("shop", Map.of(), false, false),
                        new RunListener() {
                            @Override
                            public void progressed(Progress progress) {
                                if (progress.phase() == Phase.PROCESS) {
                                    stop.request();
                                }
                            }
                        },
                        stop);

        assertThat(stopped).as(stopped.message()).isInstanceOf(RunOutcome.Stopped.class);
        assertThat(written("load1")).isZero();
        // The order may change between two starts: it says nothing of the rows.
        job(2, "0", "[]");
        assertThat(run()).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded();
    }
}
