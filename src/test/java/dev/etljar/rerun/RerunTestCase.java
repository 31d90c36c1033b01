package dev.etljar.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.run.Phase;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Moments;
import dev.etljar.testing.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A job whose input is an archive, and executions of it that are run again. */
abstract class RerunTestCase {

    static final String ZIP = "data/input/numbers.zip";
    static final String NOTHING_BAD = "{ rule: range, table: numbers, column: id, max: 1000 }";

    @TempDir
    Path folder;

    EtlHome home;
    ConfigurableApplicationContext application;
    final List<RerunPlan> plans = new ArrayList<>();

    @BeforeEach
    void start() {
        home = home();
        home.write(ZIP, zip(Numbers.file(250) + "bad\n"));
        job("append", NOTHING_BAD);
        application = InProcessEtl.open(folder);
    }

    @AfterEach
    void close() {
        application.close();
        home.close();
    }

    EtlHome home() {
        return new EtlHome(folder);
    }

    void job(String publish, String rule) {
        home.job("numbers", Numbers.job(ZIP, 100, "1", publish, "- " + rule));
    }

    RunOutcome run(String... dieAt) {
        return run(Map.of(), dieAt);
    }

    RunOutcome run(Map<String, String> parameters, String... dieAt) {
        return application
                .getBean(Launcher.class)
                .run(new RunRequest("numbers", parameters, false, false), dyingAt(dieAt), new StopSignal());
    }

    static RunListener dyingAt(String... moments) {
        return new Moments(happened -> {
            if (List.of(moments).contains(happened)) {
                throw new IllegalStateException("dies at " + happened);
            }
        });
    }

    RunOutcome rerun(long execution, Phase from, String... dieAt) {
        return rerun(execution, from, plans::add, dyingAt(dieAt));
    }

    RunOutcome rerun(long execution, Phase from, Consumer<RerunPlan> told, RunListener listener) {
        return Rerun.with(application, folder)
                .run(new RerunRequest(execution, from, RunLimits.NONE), told, listener, new StopSignal());
    }

    RerunPlan plan(long execution, Phase from) {
        return Rerun.with(application, folder).plan(new RerunRequest(execution, from, RunLimits.NONE));
    }

    static void assertCompleted(RunOutcome outcome) {
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
    }

    /** All that a run leaves in the database, and nothing else; the table's rows, exactly. */
    void assertLoadedOnce(List<String> rows) {
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(rows);
        assertThat(home.rows("select row_count from etl_publication where taken_back_at is null"))
                .hasSize(1);
        assertThat(home.value("select count(*) from etl_publication")).isEqualTo("1");
        assertThat(home.tables("etl_stage%")).isEmpty();
        assertThat(home.tables("etl_image%")).isEmpty();
        assertThat(home.value("select count(*) from etl_reject")).isEqualTo("1");
        assertThat(home.read("data/work/numbers/1/rejects.csv").lines()).hasSize(2);
    }

    static byte[] zip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("numbers.csv"));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
