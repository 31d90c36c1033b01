package dev.etljar.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.etljar.testing.EtlHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script is run by bash, as bash runs it when a person presses the tab key. */
class CompletionTests {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void script() {
        new EtlHome(folder)
                .job("import", "")
                .job("imports.daily", "")
                .job("orders", "")
                .write("config/jobs/old.yaml", "")
                .write("elsewhere/config/jobs/other.yml", "")
                .write("fixed.csv", "");
        assertThat(etl("completion")).isZero();
    }

    private int etl(String... arguments) {
        out.getBuffer().setLength(0);
        return EtlCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    /**
     * What bash offers for the last of these words.
     *
     * @param words the line as bash takes it apart, also at equals signs
     */
    private List<String> offered(String... words) throws Exception {
        String typed = Stream.of(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return bash("COMP_WORDS=(etl " + typed + "); COMP_CWORD=" + words.length + "; _etl;"
                + " for each in \"${COMPREPLY[@]}\"; do echo \"$each\"; done");
    }

    private List<String> bash(String commands) throws Exception {
        Path script = Files.writeString(folder.resolve("script.sh"), out + "\n" + commands + "\n");
        Process process;
        try {
            process = new ProcessBuilder("bash", "--norc", script.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeThat(e).as("bash is not there").isNull();
            throw e;
        }
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answer.lines().toList();
    }

    @Test
    void completesCommands() throws Exception {
        assertThat(offered("re")).containsExactly("restart", "replay-rejects", "reject", "rerun");
        assertThat(offered("")).contains("run", "status", "completion");
        assertThat(offered("--debug", "stat")).containsExactly("status");
    }

    @Test
    void completesOptionsOfTheCommandAtHand() throws Exception {
        assertThat(offered("--job")).containsExactly("--job.name=", "--job.restart=");
        assertThat(offered("rollback", "42", "--")).contains("--cascade", "--dry-run", "--format=", "--etl.home=");
        assertThat(offered("rollback", "--kil")).isEmpty();
        assertThat(offered("run", "import", "--max-d")).containsExactly("--max-duration=");
    }

    @Test
    void completesTheNamesOfJobs() throws Exception {
        assertThat(offered("run", "")).containsExactly("import", "imports.daily", "old", "orders");
        assertThat(offered("status", "imp")).containsExactly("import", "imports.daily");
        assertThat(offered("run", "import", "")).isEmpty();
        assertThat(offered("--job.name", "=", "o")).containsExactly("old", "orders");
        assertThat(offered("--job.name", "=")).hasSize(4);
        assertThat(offered("list", "--job", "=", "or")).containsExactly("orders");
        assertThat(offered("--etl.home", "=", "elsewhere", "run", "")).containsExactly("other");
    }

    @Test
    void whatIsInAFilesNameIsNotRun() throws Exception {
        new EtlHome(folder).write("config/jobs/$(touch owned).yml", "").write("two words.csv", "");

        assertThat(offered("run", "")).containsExactly("import", "imports.daily", "old", "orders");
        assertThat(folder.resolve("owned")).doesNotExist();
        assertThat(offered("replay-rejects", "42", "--file", "=", "two")).containsExactly("two words.csv");
    }

    /** As zsh does. */
    @Test
    void aWordThatIsNotTakenApartIsCompletedAsAWhole() throws Exception {
        assertThat(offered("--job.name=o")).containsExactly("--job.name=old", "--job.name=orders");
        assertThat(offered("--etl.home=elsewhere", "check", "")).containsExactly("other");
    }

    @Test
    void completesOtherValues() throws Exception {
        assertThat(offered("status", "import", "--format", "=", "j")).containsExactly("json");
        assertThat(offered("replay-rejects", "42", "--file", "=", "fix")).containsExactly("fixed.csv");
        assertThat(offered("rerun", "42", "--from", "="))
                .containsExactly("DOWNLOAD", "EXTRACT", "PROCESS", "VALIDATE", "FINALIZE");
    }

    @Test
    void isForTheAliasThatIsNamed() throws Exception {
        assertThat(bash("complete -p etl")).containsExactly("complete -F _etl etl");
        assertThat(etl("completion", "--name=load")).isZero();
        assertThat(bash("complete -p load")).containsExactly("complete -F _load load");
        assertThat(etl("completion", "--name=a;b")).isEqualTo(2);
        assertThat(err.toString()).contains("--name is of letters, digits and '_'");
    }
}
