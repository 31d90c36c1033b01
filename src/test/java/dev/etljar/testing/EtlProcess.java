package dev.etljar.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code java -jar target/etl.jar} as a process of its own, in a home. Its output goes to files, which are kept. */
public final class EtlProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target/etl.jar").toAbsolutePath();
    private static final List<String> JAVA =
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    /** Compiled but once: half of the time of a small run is the compiler's. */
    private static final List<String> SHORT_LIFE = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final List<String> JAR_OPTION = List.of("-jar", JAR.toString());
    private static final long PATIENCE_SECONDS = 180;

    private final Process process;
    private final Path out;
    private final Path err;

    private EtlProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What a process that ended left behind. */
    public record Result(int exitCode, String out, String err) {}

    /** What starts the application. */
    public static List<String> command() {
        return command(SHORT_LIFE);
    }

    /**
     * What starts this class in the place of the application's own, with the application and the tests on its class path: before
     * there is a jar, the classes as they were compiled.
     */
    static List<String> command(Class<?> main) {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        boolean packaged = System.getProperty("etl.test.jar") != null;
        List<String> command = new ArrayList<>(JAVA);
        if (packaged) {
            command.addAll(Archive.OPTIONS);
        }
        command.addAll(SHORT_LIFE);
        // The jar first: only then does the class-data archive fit.
        command.addAll(List.of("-cp", packaged ? JAR + File.pathSeparator + tests : tests, main.getName()));
        return command;
    }

    private static List<String> command(List<String> jvmOptions) {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(Archive.OPTIONS);
        command.addAll(jvmOptions);
        command.addAll(JAR_OPTION);
        return command;
    }

    /** Made when the first process is started. */
    private static final class Archive {

        static final List<String> OPTIONS = ClassArchive.options(
                Stream.of(JAVA, List.of("-XX:+UseSerialGC"), JAR_OPTION)
                        .flatMap(List::stream)
                        .toList(),
                JAR);
    }

    public static EtlProcess start(EtlHome home, String... arguments) {
        return start(home, List.of(), arguments);
    }

    public static EtlProcess start(EtlHome home, List<String> jvmOptions, String... arguments) {
        List<String> command = command(jvmOptions);
        command.addAll(List.of(arguments));
        return of(home, command);
    }

    /** Starts it where no file may be larger than that: whoever writes on is told so as by a disk that is full. */
    public static EtlProcess startWithFilesOf(int kibibytes, EtlHome home, String... arguments) {
        // POSIX counts blocks of 512 bytes. The JVM ignores SIGXFSZ, so that a write fails with "File too large".
        String shell = "ulimit -f " + kibibytes * 2 + " && exec \"$@\"";
        List<String> command = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
        command.addAll(command());
        command.addAll(List.of(arguments));
        return of(home, command);
    }

    /** Starts it with more in its environment. */
    public static EtlProcess start(EtlHome home, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        return of(home, command, environment);
    }

    static EtlProcess of(EtlHome home, List<String> command) {
        return of(home, command, Map.of());
    }

    private static EtlProcess of(EtlHome home, List<String> command, Map<String, String> environment) {
        try {
            Path out = Files.createTempFile(home.root(), "process", ".out");
            Path err = Files.createTempFile(home.root(), "process", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.root().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new EtlProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs it to its end. */
    public static Result run(EtlHome home, String... arguments) {
        return start(home, arguments).await();
    }

    public Result await() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the process did not end; its log: " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGKILL unless the process ends by itself before; says whether it was killed. */
    public boolean killAfter(long milliseconds) {
        try {
            if (process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
                return false;
            }
            kill();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGKILL and waits until the process is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it by SIGKILL where it has not ended, so that a test that fails leaves nothing behind. */
    @Override
    public void close() {
        kill();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends a signal by its name, such as {@code STOP}, which pauses the process, or {@code CONT}, which wakes it. */
    public void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("SIG" + name + " could not be sent to " + process.pid());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Whether it ends by itself within this time. */
    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it has written to its error stream up to now. */
    public String err() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }
}
