package dev.etljar.bench;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of the application from its start to its end.
 *
 * @param milliseconds how long it took
 * @param mebibytes the most memory that it had, 0 where the system does not tell
 */
record TimedRun(EtlProcess.Result result, long milliseconds, long mebibytes) {

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

    static TimedRun of(EtlHome home, List<String> jvmOptions, String... arguments) {
        long start = System.nanoTime();
        try (EtlProcess process = EtlProcess.start(home, jvmOptions, arguments)) {
            long memory = 0;
            while (!process.endsWithin(Duration.ofMillis(20))) {
                memory = Math.max(memory, peak(process));
            }
            return new TimedRun(process.await(), (System.nanoTime() - start) / 1_000_000, memory);
        }
    }

    private static long peak(EtlProcess process) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
            return peak.find() ? Long.parseLong(peak.group(1)) / 1024 : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
