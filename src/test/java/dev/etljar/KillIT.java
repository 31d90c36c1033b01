package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.Numbers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise by brute force: a job is killed again and again, and in the end the table equals the file. */
class KillIT {

    private static final int RECORDS = 200_000;
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    /** How long this machine needs to the first chunk, and for all of it, in milliseconds. */
    private record Pace(long toFirstChunk, long total) {}

    @Test
    void tableEqualsFileAfterTenKills() {
        Pace pace = pace(home("undisturbed"));
        EtlHome home = home("killed");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> kills = new ArrayList<>();
        int inTheMiddle = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long earliest = pace.toFirstChunk() * 7 / 10;
            long latest = pace.toFirstChunk() + 2 * (pace.total() - pace.toFirstChunk()) / KILLS;
            long after = earliest + random.nextLong(latest - earliest);
            boolean killed = EtlProcess.start(home, "--job.name=numbers").killAfter(after);
            long staged = staged(home);
            inTheMiddle += killed && staged > 0 && staged < RECORDS ? 1 : 0;
            kills.add(after + " ms: " + (killed ? "killed" : "ended by itself") + ", " + staged + " rows staged");
        }
        String story = "seed " + seed + ", " + pace + ", " + kills;
        System.out.println("KillIT: " + story);

        EtlProcess.Result last = EtlProcess.run(home, "--job.name=numbers");

        assertThat(last.exitCode()).as(story + last.err()).isZero();
        assertThat(home.rows(Numbers.SELECT)).as(story).isEqualTo(Numbers.rows(RECORDS));
        assertThat(inTheMiddle).as("kills that met PROCESS at work: " + story).isPositive();
    }

    private EtlHome home(String name) {
        return new EtlHome(folder.resolve(name))
                .job("numbers", Numbers.job(500))
                .write("data/input/numbers.csv", Numbers.file(RECORDS));
    }

    private static Pace pace(EtlHome home) {
        long start = System.nanoTime();
        EtlProcess process = EtlProcess.start(home, "--job.name=numbers");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive()
                        || (home.exists("data/work/numbers/1/progress.json")
                                && home.read("data/work/numbers/1/progress.json")
                                        .contains("\"state\" : \"PROCESS\"")));
        long first = (System.nanoTime() - start) / 1_000_000;
        EtlProcess.Result result = process.await();
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new Pace(first, (System.nanoTime() - start) / 1_000_000);
    }

    private static long staged(EtlHome home) {
        if (!home.exists("data/db/etl.mv.db")) {
            return 0;
        }
        List<String> staging =
                home.rows("select table_name from information_schema.tables where table_name like 'ETL_STAGE%'");
        return staging.isEmpty() ? 0 : Long.parseLong(home.value("select count(*) from " + staging.get(0)));
    }
}
