package dev.etljar.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** This process, and whether another one of this machine is still there. */
final class Processes {

    private static final Path PROC = Path.of("/proc");

    // Fields 3 and 22 of proc_pid_stat(5), counted from after the name. A process that has ended but was not waited for
    // keeps its ID.
    private static final Set<String> ENDED = Set.of("Z", "X");
    private static final int START_TIME = 19;

    private Processes() {}

    static Owner self() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(
                host(),
                self.pid(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                place(),
                start(self).orElse("-"));
    }

    /** Whether the owner ran here and is no more. Of a process of another place nothing is known. */
    static boolean isGone(Owner owner) {
        return owner.place().equals(place())
                && !ProcessHandle.of(owner.pid())
                        .filter(ProcessHandle::isAlive)
                        .flatMap(Processes::start)
                        .filter(owner.start()::equals)
                        .isPresent();
    }

    /** On Linux in ticks since the machine started, which a change of the clock does not touch. */
    private static Optional<String> start(ProcessHandle process) {
        Path stat = PROC.resolve(Long.toString(process.pid())).resolve("stat");
        try {
            String text = Files.readString(stat);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return ENDED.contains(fields[0]) ? Optional.empty() : Optional.of(fields[START_TIME]);
        } catch (IOException e) {
            return process.info().startInstant().map(start -> Long.toString(start.toEpochMilli()));
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("\\s", "_");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String place() {
        try {
            String kernel =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
            String namespace =
                    Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
            return kernel + "/" + namespace.replaceAll("\\D", "");
        } catch (IOException e) {
            return host();
        }
    }
}
