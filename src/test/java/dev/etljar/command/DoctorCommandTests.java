package dev.etljar.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.Numbers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What 'doctor' prints, and its exit codes. */
class DoctorCommandTests {

    @TempDir
    Path folder;

    private EtlHome home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void home() {
        home = new EtlHome(folder).job("numbers", Numbers.job(100)).write("data/input/numbers.csv", Numbers.file(250));
    }

    private int doctor(String... arguments) {
        List<String> all = new ArrayList<>(List.of("doctor", "--etl.home=" + folder));
        all.addAll(Arrays.asList(arguments));
        return EtlCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void whereAllIsWellItIsSilent() {
        assertThat(doctor()).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEmpty();
        assertThat(home.exists("data/db")).isFalse();
        assertThat(doctor("--format=json")).isZero();
        assertThat(out.toString().replaceAll("\\s", "")).isEqualTo("[]");
    }

    @Test
    void anErrorThatAPersonCorrectsIsExitCode2() {
        assertThat(doctor("numbrs")).isEqualTo(2);
        assertThat(out.toString()).isEqualTo("""
                        ERROR: there is no such file, did you mean job 'numbers'? The jobs in config/jobs are numbers.
                          where: config/jobs/numbrs.yml
                          do:    Correct it; 'check NAME' then shows what would run
                        """.replace("\n", System.lineSeparator()));
    }

    @Test
    void whatMayPassIsExitCode1AndAWarningIs0() {
        home.configure("spring: { datasource: { url: \"jdbc:postgresql://127.0.0.1:1/etl\", hikari:"
                + " { connection-timeout: 300 } } }\netl: { lease: 2s }\n");
        assertThat(doctor("--format=json")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"severity\" : \"ERROR\"", "\"mayPass\" : true", "A lease of 2 s is short");
        home.write("config/application.yml", "")
                .job("numbers", Numbers.job("a/${ETL_TEST_NOT_SET}", 1, "0", "append", ""));
        out.getBuffer().setLength(0);
        assertThat(doctor()).isZero();
        assertThat(out.toString()).startsWith("WARNING: ${ETL_TEST_NOT_SET} is not set in this environment");
    }

    @Test
    void aConfigurationThatKeepsItFromStartingIsAFinding() {
        home.configure("etl: { lease: 0s }\n");
        assertThat(doctor()).isEqualTo(2);
        assertThat(out.toString())
                .startsWith("ERROR: The application cannot start: 'etl.lease' is 1s to 24d, not 0s")
                .contains("  where: config/application.yml");
        out.getBuffer().setLength(0);
        home.write("config/application.yml", "spring: { datasource: { url: \"jdbc:oracle:thin:scott/geheim@h\" } }\n");
        assertThat(doctor()).isEqualTo(2);
        assertThat(out.toString()).contains("jdbc:oracle:…' is not supported").doesNotContain("geheim");
    }
}
