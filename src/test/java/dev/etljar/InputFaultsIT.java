package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.report.RunReport;
import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import dev.etljar.run.Sha256;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody writes to the input, replaces or deletes it while the run uses it: what is loaded is never a mix. */
class InputFaultsIT {

    /** Several times what is read at once, so that there is something left to read. */
    private static final int RECORDS = 30_000;

    private static final String LAST = "\n" + Numbers.record(RECORDS) + "\n";

    @TempDir
    Path folder;

    private EtlHome home;
    private Path input;

    @BeforeEach
    void prepare() {
        home = new EtlHome(folder)
                .job("numbers", Numbers.job("data/input/numbers.csv", 500, "1", "append\n  archive: data/archive", ""))
                .write("data/input/numbers.csv", "id,text,amount,sent\nbad\n" + file(1, RECORDS));
        input = folder.resolve("data/input/numbers.csv");
    }

    /** What somebody does to the file, and how many records it has then. */
    private enum Change {
        OTHER_BYTES_OF_THE_SAME_SIZE(RECORDS) {
            @Override
            String apply(String text) {
                return text.replace(LAST, LAST.replace("2026-11", "2026-10"));
            }
        },
        GROWN(RECORDS + 1) {
            @Override
            String apply(String text) {
                return text + Numbers.record(RECORDS + 1) + "\n";
            }
        },
        TRUNCATED(RECORDS - 1) {
            @Override
            String apply(String text) {
                return text.substring(0, text.length() - LAST.length() + 1);
            }
        };

        private final int records;

        Change(int records) {
            this.records = records;
        }

        abstract String apply(String text);

        /** What the last one of the first records says. */
        List<String> lastSent() {
            String sent = Numbers.row(RECORDS).substring(Numbers.row(RECORDS).lastIndexOf('|') + 1);
            return switch (this) {
                case OTHER_BYTES_OF_THE_SAME_SIZE -> List.of(sent.replace("2026-11", "2026-10"));
                case GROWN -> List.of(sent);
                case TRUNCATED -> List.of();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsWrittenToWhileItIsReadIsRefusedAndThenLoadedAsItIsNow(Change change) throws IOException {
        String before = Files.readString(input);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);

        RunOutcome outcome = run(inProcess(() -> Files.writeString(input, after)));

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Refused.class);
        assertThat(outcome.message())
                .contains("numbers.csv has changed")
                .contains("expected " + before.length() + " bytes, sha256 " + Sha256.of(before))
                .contains("actual " + after.length() + " bytes, sha256 " + Sha256.of(after));
        assertThat(home.tables("numbers")).isEmpty();

        assertThat(run(RunListener.NONE)).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows("select count(*), count(distinct id), max(id) from numbers"))
                .containsExactly(change.records + "|" + change.records + "|" + change.records);
        assertThat(home.rows("select sent from numbers where id = " + RECORDS)).isEqualTo(change.lastSent());
        assertThat(rejects()).hasSize(2);
        assertThat(home.exists("data/archive/numbers/2/1-numbers.csv")).isTrue();
    }

    @Test
    void aFileThatWasWrittenToBeforeItIsReadIsRefusedBeforeAnythingIsStaged() throws IOException {
        String after = Files.readString(input).replace(LAST, LAST.replace("2026-11", "2026-10"));

        RunOutcome outcome = run(at(Phase.PROCESS, () -> Files.writeString(input, after)));

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Refused.class);
        assertThat(outcome.message()).contains("actual " + after.length() + " bytes, sha256 " + Sha256.of(after));
        assertThat(home.tables("etl_stage%")).isEmpty();
    }

    @Test
    void aFileThatWasOnlyTouchedIsLoaded() throws IOException {
        String text = Files.readString(input);

        assertThat(run(inProcess(() -> Files.writeString(input, text)))).isInstanceOf(RunOutcome.Completed.class);

        assertLoaded();
        assertThat(home.exists("data/archive/numbers/1/1-numbers.csv")).isTrue();
    }

    @Test
    void aFileThatIsDeletedWhileItIsReadIsReadToItsEndAndItsMissingInTheArchiveIsAWarning() throws IOException {
        RunOutcome outcome = run(inProcess(() -> Files.delete(input)));

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded();
        assertThat(warnings(outcome))
                .singleElement()
                .asString()
                .contains("numbers.csv was not archived: it was deleted");
    }

    @Test
    void aFileThatIsReplacedWhileItIsReadIsReadToItsEndAndItsSuccessorIsLeftForTheNextRun() throws IOException {
        String next = "id,text,amount,sent\n" + file(RECORDS + 1, RECORDS + 10);
        Path successor = Files.writeString(folder.resolve("next.csv"), next);

        RunOutcome outcome = run(inProcess(() -> Files.move(successor, input, StandardCopyOption.ATOMIC_MOVE)));

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
        assertLoaded();
        assertThat(warnings(outcome))
                .singleElement()
                .asString()
                .contains("numbers.csv was not archived: it was replaced");
        assertThat(input).hasContent(next);

        assertThat(run(RunListener.NONE)).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS + 10));
        assertThat(home.exists("data/archive/numbers/2/1-numbers.csv")).isTrue();
    }

    @Test
    void anArchiveThatWasWrittenToBeforeItIsUnpackedIsRefused() throws IOException {
        home.job("numbers", Numbers.job("data/input/numbers.zip", 500, "1", "append", ""));
        Path archive = Files.write(folder.resolve("data/input/numbers.zip"), zip(1, 10));

        RunOutcome outcome = run(at(Phase.EXTRACT, () -> Files.write(archive, zip(11, 20))));

        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Refused.class);
        assertThat(outcome.message()).contains("numbers.zip has changed").contains("expected", "actual");

        assertThat(run(RunListener.NONE)).isInstanceOf(RunOutcome.Completed.class);
        assertThat(home.rows("select count(*), min(id), max(id) from numbers")).containsExactly("10|11|20");
    }

    private RunOutcome run(RunListener listener) {
        return InProcessEtl.run(folder, "numbers", listener, new StopSignal());
    }

    private void assertLoaded() {
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(RECORDS));
        assertThat(rejects()).hasSize(2);
    }

    private Stream<String> rejects() {
        int last = Integer.parseInt(home.value("select max(job_instance_id) from etl_publication"));
        return home.read("data/work/numbers/" + last + "/rejects.csv").lines();
    }

    /** What the outcome tells, where the report tells it, too. */
    private List<String> warnings(RunOutcome outcome) {
        RunSummary summary = Objects.requireNonNull(outcome.summary());
        new RunReport(Clock.systemUTC()).write(summary);
        assertThat(home.read("data/work/numbers/1/report.txt")).contains("WARN");
        return Objects.requireNonNull(summary.publication()).warnings();
    }

    private static String file(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> Numbers.record(number) + "\n")
                .collect(Collectors.joining());
    }

    private static byte[] zip(int first, int last) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("numbers.csv"));
            zip.write(("id,text,amount,sent\n" + file(first, last)).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private interface Deed {
        void happen() throws IOException;
    }

    /** Does it once, after the first checkpoint. */
    private static RunListener inProcess(Deed deed) {
        AtomicBoolean done = new AtomicBoolean();
        return new RunListener() {
            @Override
            public void progressed(Progress progress) {
                if (progress.phase() == Phase.PROCESS && progress.position() > 0 && done.compareAndSet(false, true)) {
                    make(deed);
                }
            }
        };
    }

    /** Does it when the phase starts. */
    private static RunListener at(Phase start, Deed deed) {
        return new RunListener() {
            @Override
            public void phaseStarted(Phase phase) {
                if (phase == start) {
                    make(deed);
                }
            }
        };
    }

    private static void make(Deed deed) {
        try {
            deed.happen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
