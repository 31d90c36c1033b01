package dev.etljar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.ExitCode;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a file's size costs beside its loading, on PostgreSQL: how long a start takes that goes on at 1 % and at 99 % of a file of
 * 1 GB, from the command to the end of its first chunk, which is its only one; and the most memory of a process with
 * {@code -Xmx128m} that loads a file of an eighth of that, one of 1 GB, and one of 4 GB. Medians of {@code bench.restarts} starts,
 * in {@code target/benchmark-large.md}; {@code bench.large} is how many records 1 GB are.
 */
class LargeFileBenchmark {

    private static final long RECORDS = Long.getLong("bench.large", 8_000_000);
    private static final int STARTS = Integer.getInteger("bench.restarts", 5);
    private static final int CHUNK = 5_000;
    private static final List<String> LITTLE_MEMORY = List.of("-Xmx128m");

    @TempDir
    Path folder;

    private final StringBuilder table = new StringBuilder("| what | |\n| --- | --- |\n");

    @Test
    void restartsAndMemory() throws Exception {
        Path file = folder.resolve("large.csv");
        Strikes.write(file, RECORDS);
        try (EtlHome home = EtlHome.on(TestDatabase.POSTGRESQL_NEWEST, folder.resolve("restart"))) {
            home.job("strikes", Strikes.job(file, CHUNK, 1, "strikes"));
            long early = restart(home, 1);
            long late = restart(home, 99);
            row("99 % against 1 %", "%.2f".formatted((double) late / early));
        }
        memory(RECORDS / 8, "eighth");
        memory(RECORDS, "whole");
        memory(RECORDS * 4, "four");
        Files.writeString(Path.of("target/benchmark-large.md"), table);
        System.out.println(table);
    }

    /** Loads so much of the file, and then goes on chunk by chunk, a start each. */
    private long restart(EtlHome home, int percent) {
        long there = Long.parseLong(home.tables("etl_stage%").stream()
                .map(staging -> home.value("select count(*) from " + staging))
                .findFirst()
                .orElse("0"));
        stopped(TimedRun.of(home, List.of(), "--job.name=strikes", "--max-items=" + (RECORDS * percent / 100 - there)));
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            times.add(stopped(TimedRun.of(home, List.of(), "--job.name=strikes", "--max-chunks=1")));
        }
        long median = times.stream().sorted().skip(STARTS / 2).findFirst().orElseThrow();
        row("first chunk after a restart at " + percent + " %", "%.2f s".formatted(median / 1_000.0));
        return median;
    }

    private static long stopped(TimedRun run) {
        assertThat(run.result().exitCode()).as(run.result().err()).isEqualTo(ExitCode.STOPPED.code());
        return run.milliseconds();
    }

    private void memory(long records, String name) throws Exception {
        Path file = folder.resolve(name + ".csv");
        long written = Strikes.write(file, records);
        try (EtlHome home = EtlHome.on(TestDatabase.POSTGRESQL_NEWEST, folder.resolve(name))) {
            home.job("strikes", Strikes.job(file, CHUNK, 2, "strikes"));
            TimedRun run = TimedRun.of(home, LITTLE_MEMORY, "--job.name=strikes");
            assertThat(run.result().exitCode()).as(run.result().err()).isZero();
            assertThat(home.value("select count(*) from strikes")).isEqualTo(Long.toString(written));
            row(
                    "-Xmx128m: peak memory with %,d records, %,d MB".formatted(written, Files.size(file) / 1_000_000),
                    run.mebibytes() + " MiB");
        }
        Files.delete(file);
    }

    private void row(String what, String figure) {
        table.append("| ").append(what).append(" | ").append(figure).append(" |\n");
        System.out.println(what + ": " + figure);
    }
}
