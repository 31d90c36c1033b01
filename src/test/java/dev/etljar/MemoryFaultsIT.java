package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chunk of large records that does not fit into the heap. */
class MemoryFaultsIT {

    private static final int CHUNK = 200;
    private static final int LARGE = 400_000;

    @TempDir
    Path folder;

    @Test
    void tooLittleMemoryEndsTheRunWhichGoesOnAtTheCheckpointWithMore() {
        EtlHome home = new EtlHome(folder)
                .job("texts", """
                        download: [{ url: data/input/texts.csv }]
                        process:
                          checkpoint-every: %d
                          loads:
                            - files: "*.csv"
                              table: texts
                              create: true
                              columns: [{ name: id, type: integer, required: true }, { name: text, type: text }]
                              rejects: { max: 1 }
                        """.formatted(CHUNK))
                .write(
                        "data/input/texts.csv",
                        "id,text\nbad\n"
                                + IntStream.rangeClosed(1, 2 * CHUNK)
                                        .mapToObj(id -> id + "," + "x".repeat(length(id)) + "\n")
                                        .collect(Collectors.joining()));

        EtlProcess.Result little =
                EtlProcess.start(home, List.of("-Xmx48m"), "--job.name=texts").await();

        assertThat(little.exitCode()).as(little.err()).isEqualTo(1);
        assertThat(little.err()).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(little.err().lines().filter(line -> line.startsWith("etl: ")))
                .singleElement()
                .asString()
                .contains("48 MiB", "-Xmx", "checkpoint-every");
        assertThat(home.staged()).as("the first chunk").isEqualTo(CHUNK - 1);

        EtlProcess.Result more =
                EtlProcess.start(home, List.of("-Xmx512m"), "--job.name=texts").await();
        assertThat(more.exitCode()).as(more.err()).isZero();
        assertThat(home.rows("select id, char_length(text) from texts order by id"))
                .isEqualTo(IntStream.rangeClosed(1, 2 * CHUNK)
                        .mapToObj(id -> id + "|" + length(id))
                        .toList());
        assertThat(home.read("data/work/texts/1/rejects.csv").lines()).hasSize(2);
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("1");
    }

    /** The first chunk's records are small. */
    private static int length(int id) {
        return id < CHUNK ? 10 : LARGE;
    }
}
