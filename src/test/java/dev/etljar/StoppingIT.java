package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request to stop that another process writes into the job repository: the chunk ends, the run stops, the next one goes on. */
class StoppingIT {

    private static final int RECORDS = 5_000;
    private static final int CHUNK = 100;

    @TempDir
    Path folder;

    /** What a command of another process may do: write STOPPING into the job execution, and nothing else. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL_NEWEST"})
    void runThatAnotherProcessMarksAsStoppingStopsAtACheckpointAndGoesOnThere(TestDatabase database) {
        try (EtlHome home = EtlHome.on(database, folder)
                .job("numbers", Numbers.job(CHUNK))
                .write("data/input/numbers.csv", Numbers.file(RECORDS))) {
            StopSignal stop = new StopSignal();

            RunOutcome stopped = InProcessEtl.run(folder, "numbers", new StoppingAtFirstChunk(home, stop), stop);

            assertThat(stopped).as(stopped.message()).isInstanceOf(RunOutcome.Stopped.class);
            assertThat(home.value("select status from BATCH_JOB_EXECUTION")).isEqualTo("STOPPED");
            assertThat(home.staged()).isPositive().isLessThan(RECORDS);
            assertThat(home.staged() % CHUNK).as("whole chunks").isZero();

            RunOutcome again = InProcessEtl.run(home, "numbers");
            assertThat(again).as(again.message()).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        }
    }

    /** Has the first chunk wait until the request was heard: a short run would be complete before, as it may be. */
    private static final class StoppingAtFirstChunk implements RunListener {

        private final EtlHome home;
        private final StopSignal stop;

        StoppingAtFirstChunk(EtlHome home, StopSignal stop) {
            this.home = home;
            this.stop = stop;
        }

        @Override
        public void progressed(Progress progress) {
            if (progress.phase() == Phase.PROCESS && progress.loaded() > 0 && !stop.isRequested()) {
                home.execute("update BATCH_JOB_EXECUTION set status = 'STOPPING', version = version + 1"
                        + " where end_time is null");
                await().atMost(Duration.ofSeconds(60)).until(stop::isRequested);
            }
        }
    }
}
