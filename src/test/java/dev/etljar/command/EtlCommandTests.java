package dev.etljar.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.ExitCode;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.Numbers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a user types, and what comes back: message, exit code, and nothing left behind. */
class EtlCommandTests {

    @TempDir
    Path folder;

    private EtlHome home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void home() {
        home = new EtlHome(folder).job("numbers", Numbers.job(100)).write("data/input/numbers.csv", Numbers.file(250));
    }

    private int etl(String... arguments) {
        CommandLine commandLine = EtlCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--etl.home=" + folder);
        return commandLine.execute(all.toArray(String[]::new));
    }

    @Test
    void exitCodesAreTheContract() {
        assertThat(ExitCode.values())
                .extracting(code -> code.code() + " " + code)
                .containsExactly(
                        "0 COMPLETED", "1 FAILED", "2 WRONG", "3 REFUSED", "4 STOPPED", "5 WAITING", "6 RUNNING");
    }

    @Test
    void helpListsCommandsAndExitCodes() {
        assertThat(etl("--help")).isZero();
        assertThat(out.toString()).contains("--job.name", "--job.restart", "status", "list", "check");
        for (ExitCode code : ExitCode.values()) {
            assertThat(out.toString()).contains("  " + code.code() + "  " + code.outcome());
        }
    }

    @Test
    void nothingToDoIsWrong() {
        assertThat(etl()).isEqualTo(2);
        assertThat(err.toString()).contains("etl: What is to be done?");
    }

    @Test
    void wrongOptionNamesTheNearestRightOne() {
        assertThat(etl("--job.nam=numbers")).isEqualTo(2);
        assertThat(err.toString()).contains("--job.nam").contains("--job.name").doesNotContain("\tat ");
    }

    @Test
    void aHomeThatIsNotThereIsNotMade() {
        CommandLine commandLine = EtlCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));

        assertThat(commandLine.execute("list", "--etl.home=" + folder.resolve("mistyped")))
                .isEqualTo(2);

        assertThat(err.toString()).contains("there is no folder '" + folder.resolve("mistyped") + "'");
        assertThat(folder.resolve("mistyped")).doesNotExist();
    }

    @Test
    void aRestartDoesNotBeginANewRun() {
        assertThat(etl("restart", "1", "--force")).isEqualTo(2);
        assertThat(err.toString()).contains("give --force to 'run'");
    }

    @Test
    void aWrongPasswordOfTheDatabaseIsAPersonsToCorrect() {
        assertThat(etl("--job.name=numbers")).isZero();
        home.execute("alter user sa set password 'another'");

        assertThat(etl("list")).isEqualTo(2);

        assertThat(err.toString()).contains("does not let the user in", "SPRING_DATASOURCE_PASSWORD");
    }

    @Test
    void aFormatThatIsNoneIsWrong() {
        assertThat(etl("list", "--format=jsn")).isEqualTo(2);

        assertThat(err).hasToString("etl: --format: 'jsn' is none of text, json; did you mean 'json'?\n");
    }

    @Test
    void aLimitThatIsNoneIsWrong() {
        assertThat(etl("--job.name=numbers", "--max-duration=10")).isEqualTo(2);
        assertThat(etl("run", "numbers", "--max-items=0")).isEqualTo(2);
        assertThat(etl("restart", "1", "--max-chunks=many")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--max-duration", "'10' is no time with its unit, such as 500ms, 30s, 10m, 2h or 1d")
                .contains("etl: --max-items must be at least 1, not 0")
                .contains("--max-chunks", "'many'")
                .doesNotContain("\tat ");
        assertThat(home.exists("data/db")).isFalse();
    }

    @Test
    void aLoopOfStartsWithALimitCompletesTheJob() {
        assertThat(etl("--job.name=numbers", "--max-chunks=1")).isEqualTo(4);
        assertThat(err.toString()).contains("etl: Stopped at its limit --max-chunks: processed 100 records");
        assertThat(etl("run", "numbers", "--max-items=100")).isEqualTo(4);
        assertThat(etl("restart", "2", "--max-chunks=1", "--max-duration=1h")).isZero();
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(250));
    }

    @Test
    void wrongOptionIsNotIgnoredBesideARightOne() {
        assertThat(etl("--job.name=numbers", "--forse")).isEqualTo(2);
        assertThat(err.toString()).contains("--force");
        assertThat(home.exists("data/db")).isFalse();
    }

    @Test
    void aJobMayBeNamedAsACommandIs() {
        assertThat(etl("--job.name=list")).isEqualTo(2);
        assertThat(err.toString()).contains("config/jobs/list.yml: there is no such file");
    }

    @Test
    void argumentThatIsNoJobParameterIsWrong() {
        assertThat(etl("--job.name=numbers", "today")).isEqualTo(2);
        assertThat(err.toString()).contains("today");
    }

    @Test
    void numberOfTheRunIsTheApplicationsOwn() {
        assertThat(etl("--job.name=numbers", "run=3")).isEqualTo(2);
        assertThat(err.toString()).contains("'run' is the application's own");
    }

    @Test
    void jobParameterThatTheRepositoryCannotHoldIsWrong() {
        assertThat(etl("--job.name=numbers", "a=" + "x".repeat(2_501))).isEqualTo(2);
        assertThat(err.toString()).contains("'a' has 2501 characters; the limit is 2500");
        assertThat(etl("--job.name=numbers", "x".repeat(101) + "=1")).isEqualTo(2);
        assertThat(home.exists("data/db")).isFalse();
    }

    @Test
    void noSuchJobNamesTheNearest() {
        assertThat(etl("--job.name=numbrs")).isEqualTo(2);
        assertThat(err.toString())
                .contains("numbrs")
                .contains("did you mean job 'numbers'?")
                .doesNotContain("\tat ");
        assertThat(home.exists("data/db")).isFalse();
        assertThat(home.exists("data/work")).isFalse();
    }

    @Test
    void everyErrorOfADefinitionIsToldAtOnce() {
        home.job("broken", """
                download:
                  - ulr: data/input/numbers.csv
                process:
                  checkpoint-every: many
                  loads: []
                """);
        assertThat(etl("--job.name=broken")).isEqualTo(2);
        assertThat(err.toString().lines().filter(line -> line.contains("config/jobs/broken.yml:")))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(err.toString()).contains("broken.yml:2:5: unknown key 'ulr', did you mean 'url'?");
        assertThat(home.exists("data/db")).isFalse();
    }

    @Test
    void missingFileMayComeLate() throws Exception {
        Files.delete(folder.resolve("data/input/numbers.csv"));
        assertThat(etl("--job.name=numbers")).isEqualTo(1);
        assertThat(err.toString()).contains("data/input/numbers.csv").doesNotContain("\tat ");
        home.write("data/input/numbers.csv", Numbers.file(250));
        assertThat(etl("--job.name=numbers")).isZero();
        assertThat(home.value("select count(*) from numbers")).isEqualTo("250");
    }

    @Test
    void missingColumnIsNamedWithTheHeadersThatAreThere() {
        home.write("data/input/numbers.csv", "id,texts,amount,sent\n1,a,1.0,2026-11-01\n");
        assertThat(etl("--job.name=numbers")).isEqualTo(3);
        assertThat(err.toString()).contains("'text'", "texts", "numbers.csv").doesNotContain("\tat ");
        assertThat(home.rows("select table_name from information_schema.tables where table_name in ('NUMBERS')"))
                .isEmpty();
    }

    @Test
    void wrongChecksumIsToldExpectedAgainstActual() {
        home.job(
                "numbers",
                Numbers.job(100).replace("numbers.csv\n", "numbers.csv\n    sha256: " + "0".repeat(64) + "\n"));
        assertThat(etl("--job.name=numbers")).isEqualTo(3);
        assertThat(err.toString())
                .contains("0".repeat(64))
                .containsIgnoringCase("expected")
                .doesNotContain("\tat ");
    }

    @Test
    void unknownPlaceholderIsToldBeforeAnythingStarts() {
        home.job("numbers", Numbers.job(100).replace("numbers.csv\n", "numbers-${date}.csv\n"));
        assertThat(etl("--job.name=numbers")).isEqualTo(2);
        assertThat(err.toString()).contains("date");
        assertThat(etl("list")).isZero();
        assertThat(out.toString()).doesNotContain("numbers");
    }

    @Test
    void jobParametersTellRunsApart() {
        home.job("numbers", Numbers.job(100).replace("numbers.csv\n", "numbers-${date}.csv\n"));
        home.write("data/input/numbers-1.csv", Numbers.file(10));
        home.write("data/input/numbers-2.csv", Numbers.file(20));
        assertThat(etl("--job.name=numbers", "date=1")).isZero();
        assertThat(etl("run", "numbers", "date=2")).isZero();
        assertThat(home.value("select count(*) from numbers")).isEqualTo("30");
        assertThat(etl("--job.name=numbers", "date=1")).isZero();
        assertThat(out.toString()).contains("is complete already");
        assertThat(home.value("select count(*) from numbers")).isEqualTo("30");
    }

    @Test
    void restartAnswersForEveryState() {
        assertThat(etl("--job.restart=42")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no execution 42");
        assertThat(etl("--job.name=numbers")).isZero();
        assertThat(etl("restart", "1")).isZero();
        assertThat(out.toString()).contains("is complete already");
    }

    @Test
    void statusAndListSpeakJson() {
        assertThat(etl("--job.name=numbers")).isZero();
        out.getBuffer().setLength(0);
        assertThat(etl("status", "numbers", "--format=json")).isZero();
        assertThat(out.toString().strip()).startsWith("{").endsWith("}").contains("\"numbers\"");
        out.getBuffer().setLength(0);
        assertThat(etl("list", "--format=json")).isZero();
        assertThat(out.toString().strip()).startsWith("[").endsWith("]");
    }

    /** Those who are told have one line, with the limit and what to do; and who reads JSON has one document. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status abc                | No job 'abc' is known, by a file in config/jobs or by a run; the jobs are numbers",
                "status numbres            | No job 'numbres' is known, by a file in config/jobs or by a run; did you mean 'numbers'?",
                "status numbers            | There is no execution of job 'numbers' yet. 'run numbers' begins one",
                "status                    | There is no execution yet",
                "status 99                 | There is no execution 99. 'list' shows those that there are",
                "check numbres             | config/jobs/numbres.yml: there is no such file, did you mean job 'numbers'? The jobs in config/jobs are numbers.",
                "list --job=numbres        | No job 'numbres' is known, by a file in config/jobs or by a run; did you mean 'numbers'?",
                "list --limit=abc          | --limit: 'abc' is no whole number, such as 1000",
                "list --limit=2147483648   | --limit: '2147483648' is too large; the limit is 2147483647",
                "rollback abc              | ID: 'abc' is no execution's ID, which is a whole number; 'list' shows the IDs",
                "abandon 99                | There is no execution 99. 'list' shows those that there are",
                "status --debg             | Unknown option: '--debg', did you mean '--debug'?",
                "doctor --formt=text       | Unknown option: '--formt=text', did you mean '--format'?",
                "stop numbres              | No job 'numbres' is known, by a file in config/jobs or by a run; did you mean 'numbers'?",
                "stop 99                   | There is no execution 99. 'list' shows those that there are",
                "approve 99                | There is no execution 99. 'list' shows those that there are",
                "rollback 99               | There is no execution 99. 'list' shows those that there are",
                "rerun 99 --from=PROCESS   | There is no execution 99. 'list' shows those that there are",
                "rerun 1 --from=nope       | --from: 'nope' is no step; the steps are DOWNLOAD, EXTRACT, PROCESS, VALIDATE, FINALIZE",
                "rerun 1 --from=PROCESS --max-items=abc | --max-items: 'abc' is no whole number, such as 1000",
                "purge --older-than=abc    | --older-than: 'abc' is no time with its unit, such as 500ms, 30s, 10m, 2h or 1d",
                "selftest --only=rolback   | --only: 'rolback' is none of run, time-box, stop, approval, rollback, rerun, replay; did you mean 'rollback'?",
                "purge --older-than=1d --job=nope | There is no execution of a job 'nope'. 'list' shows those that there are"
            })
    void whatIsWrongIsOneLineAndInJsonOneDocument(String line, String message) {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.add("--format=json");

        assertThat(etl(arguments.toArray(String[]::new))).isEqualTo(2);

        assertThat(err.toString().strip()).isEqualTo("etl: " + message);
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.at("/exitCode").asInt()).isEqualTo(2);
        assertThat(json.at("/message").asString()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "lst                      | 'lst' is no command, did you mean 'list'?",
                "imports                  | 'imports' is no command; 'run NAME' runs a job, '--help' shows the commands",
                "run numbers today        | 'today' is no job parameter, which is written name=value",
                "--job.name=numbers today | 'today' is no job parameter, which is written name=value",
                "list --job=numbers today | Unmatched argument at index 2: 'today'"
            })
    void aStrayWordIsToldWhatItCouldBe(String line, String message) {
        assertThat(etl(line.split(" "))).isEqualTo(2);

        assertThat(err.toString()).startsWith("etl: " + message + "\n");
    }

    @Test
    void aListSaysWhatItDoesNotShow() {
        assertThat(etl("list", "--job=numbers")).isZero();
        assertThat(out.toString()).isEqualTo("No executions.\n");
        for (int i = 0; i < 3; i++) {
            assertThat(etl("--job.name=numbers", "day=" + i)).isZero();
        }
        out.getBuffer().setLength(0);
        assertThat(etl("list", "--limit=1")).isZero();
        assertThat(out.toString()).endsWith("2 older executions are not shown; --limit=3 shows all\n");
        out.getBuffer().setLength(0);
        assertThat(etl("list", "--limit=2", "--format=json")).isZero();
        assertThat(JsonMapper.shared().readTree(out.toString())).hasSize(2);
        assertThat(err.toString()).contains("1 older execution is not shown; --limit=3 shows all");
    }

    @Test
    void aPathIsToldWithoutDots() {
        assertThat(etl("--job.name=numbers")).isZero();
        out.getBuffer().setLength(0);
        CommandLine commandLine = EtlCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));
        Path dotted = folder.resolve(".").resolve(".");

        assertThat(commandLine.execute("status", "numbers", "--etl.home=" + dotted))
                .isZero();

        assertThat(out.toString()).containsPattern("Report +" + folder + "/data/work/numbers/1/report.txt");
    }

    @Test
    void statusOfNothingIsWrong() {
        assertThat(etl("status", "7")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no execution 7. 'list' shows those that there are");
    }

    @Test
    void checkTouchesNothing() {
        assertThat(etl("check", "numbers")).isZero();
        assertThat(out.toString()).contains("PROCESS", "decimal(10,1)", "unique numbers (id)");
        assertThat(home.exists("data/db")).isFalse();
        assertThat(home.exists("data/work")).isFalse();
    }

    @Test
    void aPurgeIsToldHowOldRunsAre() {
        assertThat(etl("purge")).isEqualTo(2);
        assertThat(etl("purge", "--older-than=90")).isEqualTo(2);
        assertThat(etl("purge", "--older-than=90d", "--keep=-1")).isEqualTo(2);
        assertThat(etl("purge", "--older-than=90d", "--job=numbers")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--older-than", "'90' is no time with its unit", "--keep takes 0 to")
                .contains("etl: There is no execution of a job 'numbers'")
                .doesNotContain("\tat ");
        assertThat(etl("--job.name=numbers")).isZero();

        assertThat(etl("purge", "--older-than=0s", "--keep=0", "--dry-run")).isZero();
        assertThat(etl("purge", "--older-than=1d", "--format=json")).isZero();

        assertThat(out.toString()).contains("Would be removed: 0 runs", "\"dryRun\":false", "\"jobs\":[{");
    }

    @Test
    void aRerunPrintsItsPlanAndThenWhatEveryRunPrints() {
        assertThat(etl("--job.name=numbers")).isZero();
        assertThat(etl("rerun", "1", "--from=PROCES")).isEqualTo(ExitCode.WRONG.code());
        assertThat(err.toString()).contains("'PROCES' is no step; did you mean PROCESS?");
        out.getBuffer().setLength(0);

        assertThat(etl("rerun", "1", "--from=process", "--dry-run", "--format=json"))
                .isZero();
        assertThat(out.toString())
                .contains("\"dryRun\" : true", "\"takenBack\" : [ {", "\"rows\" : 250", "\"run\" : null");
        assertThat(etl("rerun", "1", "--from=PROCESS", "--max-chunks=1")).isEqualTo(ExitCode.STOPPED.code());
        assertThat(out.toString())
                .containsSubsequence(
                        "Execution 1 of job 'numbers', again from PROCESS:",
                        "Taken back  numbers (append, 250 rows)",
                        "STOPPED in PROCESS: numbers, execution 3");

        assertThat(etl("rerun", "1", "--from=PROCESS")).isZero();
        assertThat(out.toString()).contains("it was set back before", "COMPLETED: numbers, execution 4");
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(250));
    }
}
