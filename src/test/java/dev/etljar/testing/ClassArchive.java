package dev.etljar.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The class-data archive of the jar under test, with which a process of it starts in half the time. The first test JVM that
 * needs it makes it by a run of a small job; a jar that is built anew has it made anew.
 */
final class ClassArchive {

    private static final Path ARCHIVE = Path.of("target/etl.jsa").toAbsolutePath();

    private ClassArchive() {}

    /**
     * The options of a process that uses it.
     *
     * @param command what starts the jar, up to the arguments of the application
     */
    static List<String> options(List<String> command, Path jar) {
        try (FileChannel lock = FileChannel.open(
                        Path.of(ARCHIVE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            if (!held.isValid() || !isNewerThan(jar)) {
                make(command);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        // Where it does not fit, a process starts as without it.
        return List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:disable");
    }

    private static boolean isNewerThan(Path jar) throws IOException {
        return Files.exists(ARCHIVE)
                && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    private static void make(List<String> command) throws IOException, InterruptedException {
        Path made = Path.of(ARCHIVE + ".new");
        Path folder = Files.createTempDirectory("class-archive");
        try (EtlHome home = new EtlHome(folder)) {
            home.write("data/input/numbers.csv", Numbers.file(10)).job("numbers", Numbers.job(5));
            home.execute("create table numbers (id integer, text varchar(100), amount decimal(10,1), sent date)");
            List<String> run = new ArrayList<>(command);
            run.add(1, "-XX:ArchiveClassesAtExit=" + made);
            run.add("--job.name=numbers");
            Process process = new ProcessBuilder(run)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("made.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("made.log")));
            }
        }
        Files.move(made, ARCHIVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
