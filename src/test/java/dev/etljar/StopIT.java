package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.Numbers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of PROCESS: the chunk ends, the exit code is 4, and the same command goes on. */
class StopIT {

    private static final int RECORDS = 200_000;

    @TempDir
    Path folder;

    @Test
    void terminatedRunStopsAtACheckpointAndGoesOnThere() {
        EtlHome home = new EtlHome(folder)
                .job("numbers", Numbers.job(200))
                .write("data/input/numbers.csv", Numbers.file(RECORDS));
        EtlProcess process = EtlProcess.start(home, "--job.name=numbers");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> home.exists("data/work/numbers/1/progress.json")
                        && home.read("data/work/numbers/1/progress.json").contains("\"state\" : \"PROCESS\""));

        process.terminate();
        EtlProcess.Result stopped = process.await();

        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(4);
        assertThat(stopped.err()).contains("run again to go on").doesNotContain("\tat ");
        assertThat(home.value("select status from batch_job_execution")).isEqualTo("STOPPED");
        long staged = home.staged();
        assertThat(staged).isLessThan(RECORDS);
        assertThat(staged % 200).as("whole chunks").isZero();

        EtlProcess.Result again = EtlProcess.run(home, "--job.name=numbers");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
    }
}
