package dev.etljar.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.etljar.finalize.FinalizeStep;
import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.operate.Abandoning;
import dev.etljar.operate.Approving;
import dev.etljar.operate.Rollback;
import dev.etljar.operate.RollbackRequest;
import dev.etljar.purge.Purge;
import dev.etljar.purge.PurgeRequest;
import dev.etljar.repository.PastRun;
import dev.etljar.repository.PastRuns;
import dev.etljar.run.ExitCode;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StagedTables;
import dev.etljar.run.StopSignal;
import dev.etljar.run.TakenOverException;
import dev.etljar.run.Verdict;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Moments;
import dev.etljar.testing.Numbers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An execution is run again from a step: what depends on the step is made anew, and nothing is there twice. */
class RerunTests extends RerunTestCase {

    @Override
    EtlHome home() {
        return EtlHome.inMemory(folder);
    }

    private static List<String> rows() {
        return Numbers.rows(250);
    }

    private void assertWrong(RunOutcome outcome, String... words) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(ExitCode.WRONG);
        assertThat(outcome.message()).contains(words);
    }

    /** How often each step was begun, set-backs aside. */
    private List<String> begun() {
        return home.rows("select step_name, count(*) from batch_step_execution where exit_code <> 'SET_BACK'"
                + " and step_name not like '%:%' group by step_name order by min(step_execution_id)");
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWNLOAD", "EXTRACT", "PROCESS", "VALIDATE", "FINALIZE"})
    void whatFailedInProcess(Phase from) {
        assertThat(run("progressed PROCESS").exitCode()).isEqualTo(ExitCode.FAILED);

        RunOutcome outcome = rerun(1, from);

        if (from.compareTo(Phase.PROCESS) > 0) {
            assertWrong(outcome, "has not completed PROCESS", "'rerun 1 --from=PROCESS'");
            assertCompleted(run());
        } else {
            assertCompleted(outcome);
            assertThat(plans).singleElement().satisfies(plan -> {
                assertThat(plan.from()).isEqualTo(from);
                assertThat(plan.staged()).hasSize(1);
                assertThat(plan.takenBack()).isEmpty();
            });
        }
        assertLoadedOnce(rows());
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWNLOAD", "EXTRACT", "PROCESS", "VALIDATE", "FINALIZE"})
    void whatWasRefusedByARule(Phase from) {
        job("append", "{ rule: range, table: numbers, column: id, max: 100 }");
        assertThat(run().exitCode()).isEqualTo(ExitCode.REFUSED);
        job("append", NOTHING_BAD);

        RunOutcome outcome = rerun(1, from);

        if (from == Phase.FINALIZE) {
            assertWrong(outcome, "has not completed VALIDATE", "'rerun 1 --from=VALIDATE'");
            assertCompleted(run());
        } else {
            assertCompleted(outcome);
            assertThat(begun())
                    .contains("VALIDATE|2", "FINALIZE|1", "PROCESS|" + (from == Phase.VALIDATE ? 1 : 2))
                    .contains("DOWNLOAD|" + (from == Phase.DOWNLOAD ? 2 : 1));
        }
        assertLoadedOnce(rows());
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWNLOAD", "EXTRACT", "PROCESS", "VALIDATE", "FINALIZE"})
    void whatWasPublished(Phase from) {
        assertCompleted(run());
        String published = home.value("select id from etl_publication");

        assertCompleted(rerun(1, from));

        Phase begins = from == Phase.PROCESS || from == Phase.VALIDATE ? Phase.EXTRACT : from;
        assertThat(plans.get(0).from()).isEqualTo(begins);
        assertThat(plans.get(0).takenBack()).hasSize(from == Phase.FINALIZE ? 0 : 1);
        assertThat(home.value("select id from etl_publication").equals(published))
                .as("the publication stays")
                .isEqualTo(from == Phase.FINALIZE);
        assertThat(begun())
                .isEqualTo(EnumSet.range(Phase.DOWNLOAD, Phase.FINALIZE).stream()
                        .map(step -> step + "|" + (step.compareTo(begins) < 0 ? 1 : 2))
                        .toList());
        assertThat(home.value("select count(distinct job_instance_id) from batch_job_execution"))
                .isEqualTo("1");
        assertLoadedOnce(rows());
        assertThat(rerun(1, from).message()).contains("Nothing was done", "by execution 3", "'rerun 3 --from=" + from);
        assertLoadedOnce(rows());
    }

    @ParameterizedTest
    @EnumSource(names = {"EXTRACT", "PROCESS", "VALIDATE", "FINALIZE"})
    void whatWasTakenBackIsLoadedAgain(Phase from) {
        assertCompleted(run());
        Rollback.with(application, folder).run(new RollbackRequest(1, false, false));
        assertThat(home.rows(Numbers.SELECT)).isEmpty();

        assertCompleted(rerun(1, from));

        assertLoadedOnce(rows());
    }

    @Test
    void aCorrectedDefinitionMakesOtherRowsAndWhatOthersWroteStays() {
        assertCompleted(run());
        home.execute("insert into numbers (id, text) values (0, 'other')");
        home.job(
                "numbers",
                Numbers.job(ZIP, 60, "1", "append", "").replace("name: text, type", "name: text, from: id, type"));

        assertCompleted(rerun(1, Phase.EXTRACT));

        List<String> expected = new ArrayList<>(List.of("0|other"));
        for (int i = 1; i <= 250; i++) {
            expected.add(i + "|" + i);
        }
        assertThat(home.rows("select id, text from numbers order by id")).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESS", "VALIDATE"})
    void loadsThatWereRedefinedAreStagedAnew(Phase from) {
        job("append", "{ rule: range, table: numbers, column: id, max: 100 }");
        assertThat(run().exitCode()).isEqualTo(ExitCode.REFUSED);
        home.job("numbers", Numbers.job(ZIP, 100, "1", "append", "").replace("decimal(10,1)", "decimal(11,1)"));

        assertCompleted(rerun(1, from));

        assertThat(plans.get(0).from()).isEqualTo(Phase.PROCESS);
        assertLoadedOnce(rows());
    }

    @Test
    void anotherInputIsOnlyTakenFromDownloadOn() {
        home.job("numbers", Numbers.job(ZIP, 100, "1", "append\n  archive: data/archive", ""));
        assertCompleted(run());
        home.write(ZIP, zip(Numbers.file(300) + "bad\n"));

        assertWrong(rerun(1, Phase.PROCESS), "has changed", "'rerun 1 --from=DOWNLOAD'");
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(rows());
        assertCompleted(rerun(1, Phase.DOWNLOAD));

        assertLoadedOnce(Numbers.rows(300));
        assertThat(home.exists("data/archive/numbers/1/1-numbers.zip")).isTrue();
        assertThat(home.exists("data/archive/numbers/1/1.2-numbers.zip"))
                .as("what was archived of the first input stays")
                .isTrue();
    }

    /** What an execution has fetched is kept, but not for who asks for the input as it is now. */
    @Test
    void whatWasFetchedIsFetchedAnewFromDownloadOnAlone() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int records = requests.incrementAndGet() == 1 ? 250 : 300;
            byte[] body = (Numbers.file(records) + "bad\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/numbers.csv";
            home.job("numbers", Numbers.job(url, 100, "1", "append", ""));
            assertThat(run("progressed PROCESS").exitCode()).isEqualTo(ExitCode.FAILED);
            assertCompleted(rerun(1, Phase.DOWNLOAD));
            assertThat(requests).hasValue(2);
            assertLoadedOnce(Numbers.rows(300));

            assertWrong(rerun(3, Phase.PROCESS), "is not kept any more", "'rerun 3 --from=DOWNLOAD'");
            assertThat(requests).hasValue(2);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void inputThatWasArchivedIsPutBackAndArchivedAgain() {
        home.job("numbers", Numbers.job(ZIP, 100, "1", "append\n  archive: data/archive", ""));
        assertCompleted(run());
        assertThat(home.exists(ZIP)).isFalse();
        RunOutcome fetched = rerun(1, Phase.DOWNLOAD);
        assertThat(fetched.exitCode()).as("it may come late").isEqualTo(ExitCode.FAILED);
        assertThat(fetched.message()).contains("numbers.zip does not exist", "archive/numbers/1/1-numbers.zip");

        assertCompleted(rerun(1, Phase.PROCESS));

        assertThat(plans.get(0).putBack()).hasSize(1);
        assertThat(home.exists(ZIP)).isFalse();
        assertThat(home.exists("data/archive/numbers/1/1-numbers.zip")).isTrue();
        assertLoadedOnce(rows());
    }

    @Test
    void aLaterPublicationThatBuriesItHasToGoFirst() {
        byte[] first = zip(Numbers.file(250) + "bad\n");
        job("replace", NOTHING_BAD);
        home.write(ZIP, first);
        assertCompleted(run(Map.of("day", "1")));
        home.write(ZIP, zip(Numbers.file(30) + "bad\n"));
        assertCompleted(run(Map.of("day", "2")));
        home.write(ZIP, first);

        assertWrong(rerun(1, Phase.PROCESS), "execution 2 of job 'numbers'", "'rollback 1 --cascade'");
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(30));

        Rollback.with(application, folder).run(new RollbackRequest(1, true, false));
        assertCompleted(rerun(1, Phase.PROCESS));
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(rows());
    }

    @Test
    void whatCannotBeTakenBackIsNotRunAgain() {
        home.job(
                "numbers",
                Numbers.job(ZIP, 100, "1", "append", "")
                        .replace("      create: true", "      create: true\n      load-id-column: none"));
        assertCompleted(run());

        assertWrong(rerun(1, Phase.DOWNLOAD), "cannot be taken back", "carry no load ID");
        assertThat(home.value("select count(*) from batch_job_execution")).isEqualTo("1");
    }

    @Test
    void onlyTheLastExecutionOfTheLastRunIsRunAgain() {
        assertWrong(rerun(1, Phase.DOWNLOAD), "There is no execution 1. 'list' shows those that there are");
        assertThat(run("progressed PROCESS").exitCode()).isEqualTo(ExitCode.FAILED);
        assertCompleted(run());
        assertWrong(rerun(1, Phase.PROCESS), "was continued by execution 2", "'rerun 2 --from=PROCESS'");
        home.write(ZIP, zip("id,text,amount,sent\n900,,1.0,2026-11-01\nbad\n"));
        assertCompleted(run());
        assertWrong(rerun(2, Phase.PROCESS), "A later run", "execution 3", "'rollback 2'");
    }

    @Test
    void runsThatFoundNothingNewAreNoLaterOnes() {
        assertCompleted(run());
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);

        assertCompleted(rerun(1, Phase.PROCESS));

        assertLoadedOnce(rows());
        assertThat(home.value("select job_instance_id from etl_publication")).isEqualTo("1");
        assertThat(run()).as("a run with a number of its own").isInstanceOf(RunOutcome.NothingNew.class);
        home.write(ZIP, zip("id,text,amount,sent\n900,,1.0,2026-11-01\n"));
        assertCompleted(run());
        assertThat(home.value("select count(*) from numbers")).isEqualTo("251");
        assertThat(home.value("select count(*) from batch_job_instance")).isEqualTo("5");
    }

    @Test
    void anyStartGoesOnWithWhatWasSetBackWhateverFoundNothingNewAfterIt() {
        assertCompleted(run());
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);
        assertThat(rerun(1, Phase.PROCESS, "progressed PROCESS").exitCode()).isEqualTo(ExitCode.FAILED);

        assertCompleted(run());

        assertLoadedOnce(rows());
        assertThat(home.value("select job_instance_id from etl_publication")).isEqualTo("1");
        assertThat(rerun(1, Phase.PROCESS).message()).contains("Nothing was done", "by execution 5");
    }

    @Test
    void whatWasSetBackAndIsBegunAnewGetsANumberOfItsOwn() {
        assertCompleted(run());
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);
        assertThat(rerun(1, Phase.PROCESS, "progressed PROCESS").exitCode()).isEqualTo(ExitCode.FAILED);

        assertCompleted(application
                .getBean(Launcher.class)
                .run(new RunRequest("numbers", Map.of(), false, true), RunListener.NONE, new StopSignal()));

        assertThat(home.rows(Numbers.SELECT)).isEqualTo(rows());
        assertThat(home.value("select job_instance_id from etl_publication where taken_back_at is null"))
                .isEqualTo("3");
        assertThat(home.tables("etl_stage%")).isEmpty();
    }

    @Test
    void aLaterRunOfWhichNothingIsLeftIsNone() throws Exception {
        byte[] first = zip(Numbers.file(250) + "bad\n");
        assertCompleted(run());
        home.write(ZIP, zip("id,text,amount,sent\n900,,1.0,2026-11-01\n"));
        assertCompleted(run());
        Rollback.with(application, folder).run(new RollbackRequest(2, false, false));
        assertThat(run("progressed PROCESS").exitCode()).isEqualTo(ExitCode.FAILED);
        home.write(ZIP, first);

        assertWrong(rerun(1, Phase.PROCESS), "execution 3 (FAILED)", "'abandon 3'");
        application.getBean(Abandoning.class).abandon(3);
        assertCompleted(rerun(1, Phase.PROCESS));

        assertThat(home.rows(Numbers.SELECT)).isEqualTo(rows());
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);
    }

    /** As where a kill came between the publication and the note of it, or the target is another one by now. */
    @Test
    void aLaterRunStandsWhereTheRepositoryOrTheTargetSaysSo() throws Exception {
        assertCompleted(run());
        home.write(ZIP, zip("id,text,amount,sent\n900,,1.0,2026-11-01\n"));
        assertThat(run("published FINALIZE").exitCode()).isEqualTo(ExitCode.FAILED);
        application.getBean(Abandoning.class).abandon(2);
        assertWrong(rerun(1, Phase.DOWNLOAD), "A later run", "execution 2");

        home.execute("update etl_publication set repository = 'another' where job_instance_id = 2");
        home.write(ZIP, zip("id,text,amount,sent\n901,,1.0,2026-11-01\n"));
        assertCompleted(run());
        home.execute("update etl_publication set repository = 'another' where job_instance_id = 3");
        assertWrong(rerun(1, Phase.DOWNLOAD), "A later run", "execution 3");
    }

    /** The others wait for what they find out; in between, a scheduler's start would go on with the run in this one's place. */
    @Test
    void itIsSetBackAndRunUnderOneLease() {
        assertCompleted(run());
        List<String> taken = new ArrayList<>();
        Runnable look = () -> taken.add(home.value("select locked_at from etl_lease"));

        assertCompleted(rerun(1, Phase.PROCESS, plan -> look.run(), new Moments(happened -> {
            if (happened.equals("started RUN")) {
                look.run();
            }
        })));

        assertThat(taken).hasSize(2);
        assertThat(taken.get(1)).isEqualTo(taken.get(0));
    }

    @Test
    void whatWasAbandonedStaysSo() throws Exception {
        assertThat(run("progressed PROCESS").exitCode()).isEqualTo(ExitCode.FAILED);
        application.getBean(Abandoning.class).abandon(1);

        assertWrong(rerun(1, Phase.DOWNLOAD), "was abandoned");
    }

    @Test
    void aRunWhoseRejectsWereReplayedWaitsUntilTheyAreTakenBack() {
        assertCompleted(run());
        home.write(
                "fixed.csv", home.read("data/work/numbers/1/rejects.csv").replace("'bad", "'999,fixed,1.0,2026-11-01"));
        application.close();
        assertCompleted(InProcessEtl.replay(folder, 1, folder.resolve("fixed.csv"), RunListener.NONE));
        application = InProcessEtl.open(folder);

        assertWrong(rerun(1, Phase.PROCESS), "were replayed by execution 2", "'rollback 2'");
        assertWrong(rerun(2, Phase.PROCESS), "is a replay", "'rollback 2'", "'replay-rejects'");
        Rollback.with(application, folder).run(new RollbackRequest(2, false, false));
        assertCompleted(rerun(1, Phase.PROCESS));
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(rows());
    }

    /** A rule refuses its row: it has loaded nothing, and is not to do so once the run is loaded anew. */
    @Test
    void aReplayThatWasRefusedIsGivenUp() {
        assertCompleted(run());
        home.write(
                "fixed.csv",
                home.read("data/work/numbers/1/rejects.csv").replace("'bad", "'5000,fixed,1.0,2026-11-01"));
        Path fixed = folder.resolve("fixed.csv");
        Launcher launcher = application.getBean(Launcher.class);
        assertThat(launcher.replay(1, fixed, RunListener.NONE, new StopSignal()).exitCode())
                .isEqualTo(ExitCode.REFUSED);

        assertCompleted(rerun(1, Phase.PROCESS));

        assertThat(plans.get(0).text()).contains("Given up    execution 2, a replay of its rejects that was refused");
        assertLoadedOnce(rows());
        assertWrong(
                launcher.restart(2, false, RunLimits.NONE, RunListener.NONE, new StopSignal()), "2", "was abandoned");
        job("append", "{ rule: range, table: numbers, column: id, max: 5000 }");
        assertCompleted(launcher.replay(1, fixed, RunListener.NONE, new StopSignal()));
        assertThat(home.value("select count(*) from numbers")).isEqualTo("251");
    }

    /** With what it was added to, it would go, too. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aReplayIsTakenBackBeforeWhatItWasAddedToIsPublishedAnew(String publish) {
        job(publish, NOTHING_BAD);
        assertThat(run("published FINALIZE").exitCode()).isEqualTo(ExitCode.FAILED);
        home.write(
                "fixed.csv", home.read("data/work/numbers/1/rejects.csv").replace("'bad", "'999,fixed,1.0,2026-11-01"));
        application.close();
        assertCompleted(InProcessEtl.replay(folder, 1, folder.resolve("fixed.csv"), RunListener.NONE));
        application = InProcessEtl.open(folder);

        assertWrong(rerun(1, Phase.VALIDATE), "were replayed by execution 2", "'rollback 2'");
        assertThat(home.value("select count(*) from numbers")).isEqualTo("251");
    }

    @Test
    void whatWasPurgedIsNotLoadedTwice() throws Exception {
        for (int day = 1; day <= 3; day++) {
            home.write(ZIP, zip(Numbers.file(day)));
            assertCompleted(run(Map.of("date", Integer.toString(day))));
        }
        home.execute("update batch_job_execution set end_time = current_date - interval '100' day");
        assertThat(Purge.with(application, folder)
                        .run(new PurgeRequest(Duration.ofDays(90), 0, null, false))
                        .removed()
                        .runs())
                .isEqualTo(1);

        assertWrong(rerun(1, Phase.DOWNLOAD), "execution 1 of job 'numbers' was purged");
        assertThat(home.value("select count(*) from numbers")).isEqualTo("6");
    }

    @Test
    void whatTheTargetDoesNotKnowToBePublishedIsNotLoadedTwice() {
        assertCompleted(run());
        home.execute("delete from etl_publication");

        assertWrong(rerun(1, Phase.DOWNLOAD), "has published, but its target knows nothing of that");
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(rows());
    }

    @Test
    void whatIsAbandonedAfterItWasTakenBackHasPublishedNothing() throws Exception {
        assertCompleted(run());
        assertThat(rerun(1, Phase.EXTRACT, "progressed PROCESS").exitCode()).isEqualTo(ExitCode.FAILED);

        assertThat(application.getBean(Abandoning.class).abandon(3).message())
                .startsWith("Abandoned: execution 3")
                .doesNotContain("published");
        assertThat(home.rows(Numbers.SELECT)).isEmpty();
    }

    @Test
    void whoWasTakenOverDoesNotForgetThatTheRunWasTakenBack() {
        assertCompleted(run());
        Rollback.with(application, folder).run(new RollbackRequest(1, false, false));
        PastRun run = application.getBean(PastRuns.class).find(1).orElseThrow();
        RunContext context = RunContext.between("numbers", run.id(), folder, Map.of(), Map.of());
        FinalizeStep paused = new FinalizeStep(run.definition().finalization(), Map.of(), context, run.target(), () -> {
            throw new TakenOverException("it is another process's");
        });

        assertThatThrownBy(() -> paused.run(
                        new Verdict(new StagedTables(List.of()), List.of()), Map.of(), new InputFiles(List.of()), true))
                .isInstanceOf(TakenOverException.class);
        assertThat(home.value("select count(*) from etl_publication where taken_back_at is not null"))
                .isEqualTo("1");
    }

    @Test
    void approvalIsAskedForAgainOfWhatIsMadeAnew() throws Exception {
        home.job("numbers", Numbers.job(ZIP, 100, "1", "append", "") + "approve: before FINALIZE\n");
        assertThat(run().exitCode()).isEqualTo(ExitCode.WAITING);
        application.getBean(Approving.class).approve(1, "me", null);
        assertCompleted(run());

        assertThat(rerun(2, Phase.PROCESS).exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(plans.get(0).notes()).contains("approval is asked for again before FINALIZE");
        assertThat(home.rows(Numbers.SELECT)).isEmpty();
        application.getBean(Approving.class).approve(4, "me", null);
        assertCompleted(rerun(2, Phase.PROCESS));

        assertLoadedOnce(rows());
    }

    @Test
    void whatWasNothingNewIsLoadedFromDownloadOn() {
        assertCompleted(run());
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);

        assertWrong(rerun(2, Phase.PROCESS), "'rerun 2 --from=EXTRACT'");
        assertCompleted(rerun(2, Phase.DOWNLOAD, "started nothing"));

        assertThat(plans.get(0).notes())
                .containsExactly("its input was what is published already; where it still is, it is loaded once more");
        assertThat(home.value("select count(*) from numbers")).isEqualTo("500");
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        assertCompleted(run());
        List<String> before = everything();

        RerunPlan plan = plan(1, Phase.PROCESS);

        assertThat(plan.text())
                .contains("Execution 1 of job 'numbers', again from EXTRACT:")
                .contains("Taken back  numbers (append, 250 rows)")
                .contains("Removed     1 reject")
                .contains("Runs again  EXTRACT, PROCESS, VALIDATE, FINALIZE")
                .contains("Stays       what DOWNLOAD made")
                .contains("is not kept any more, so that EXTRACT runs again, too");
        assertThat(everything()).isEqualTo(before);
        assertThat(catchThrowableOfType(RerunRefusal.class, () -> plan(7, Phase.PROCESS))
                        .outcome()
                        .exitCode())
                .isEqualTo(ExitCode.WRONG);
    }

    private List<String> everything() throws Exception {
        List<String> all = new ArrayList<>();
        for (String table : home.tables("%")) {
            if (table.startsWith("batch_job")
                    || table.startsWith("batch_step")
                    || table.startsWith("etl_")
                    || table.equals("numbers")) {
                home.rows("select * from " + table).stream().sorted().forEach(row -> all.add(table + ": " + row));
            }
        }
        try (var files = Files.walk(folder.resolve("data/work"))) {
            files.forEach(file -> all.add(file.toString()));
        }
        return all;
    }

    @Test
    void aRunningJobIsLeftAlone() throws Exception {
        assertCompleted(run());
        // The process that started this one lives.
        long pid = ProcessHandle.current().parent().orElseThrow().pid();
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
        String owner = home.value("select locked_by from etl_lease")
                .replaceFirst("pid \\d+", "pid " + pid)
                .replaceFirst(", \\d+\\)", ", " + start + ")");
        home.execute("update etl_lease set lock_until = '2099-01-01 00:00:00', locked_by = '" + owner + "'");

        RunOutcome outcome = rerun(1, Phase.PROCESS);

        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(ExitCode.RUNNING);
        assertThat(outcome.message()).contains("Job 'numbers' is running: pid ", "Nothing was set back");
        assertThat(home.value("select count(*) from batch_job_execution")).isEqualTo("1");
    }
}
