package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.Numbers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the input: a file larger than the heap, from DOWNLOAD to FINALIZE. */
class MemoryIT {

    private static final int RECORDS = 600_000;

    /** Wide rows, so that the file is large and the test is not slow. */
    private static final String TEXT = "x".repeat(100);

    @TempDir
    Path folder;

    @Test
    void fileLargerThanTheHeapIsLoaded() throws IOException {
        EtlHome home =
                new EtlHome(folder).job("numbers", Numbers.job("data/input/numbers.csv", 5_000, "0", "append", ""));
        Path file = Files.createDirectories(folder.resolve("data/input")).resolve("numbers.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("id,text,amount,sent\n");
            for (int i = 1; i <= RECORDS; i++) {
                writer.write(i + "," + TEXT + ",1.5,2026-11-01\n");
            }
        }
        assertThat(Files.size(file)).isGreaterThan(64L << 20);

        EtlProcess.Result result =
                EtlProcess.start(home, List.of("-Xmx64m"), "--job.name=numbers").await();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(home.value("select count(*) from numbers")).isEqualTo(Integer.toString(RECORDS));
    }
}
