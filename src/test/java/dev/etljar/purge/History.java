package dev.etljar.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.operate.Abandoning;
import dev.etljar.operate.Approving;
import dev.etljar.operate.Rollback;
import dev.etljar.operate.RollbackRequest;
import dev.etljar.progress.RunListeners;
import dev.etljar.report.RunReport;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** What has happened in a home: runs of every kind, and what an operator has done to them. */
record History(EtlHome home, ConfigurableApplicationContext application) {

    private static final String INSTANCE = "select max(job_instance_id) from batch_job_instance where job_name = '";

    /** Runs that complete, are refused, replayed, abandoned, taken back, have nothing new, stop, and wait. */
    void make() throws Exception {
        loads();
        dated();
        replaced();
        job("waits", "append", "approve: before FINALIZE\n");
        deliver("waits", 30);
        assertThat(run("waits").exitCode().code()).isEqualTo(5);
    }

    private void loads() throws Exception {
        job("loads", "append", "  archive: data/archive\n");
        deliver("loads", 11);
        complete(run("loads"));
        home.write("fixed.csv", home.read("data/work/loads/1/rejects.csv").replace("bad", "901,late,1.0,2026-11-01"));
        complete(replay(1, "fixed.csv"));
        deliver("loads", 12);
        complete(run("loads"));
        assertThat(replay(3, null).exitCode().code()).as("replay of 3").isEqualTo(3);
        for (int records = 13; records <= 16; records++) {
            deliver("loads", records);
            complete(run("loads"));
        }
        deliver("loads", 25);
        assertThat(start("loads", Map.of(), true).exitCode().code())
                .as("stopped")
                .isEqualTo(4);
        application.getBean(Abandoning.class).abandon(newestExecution("loads"));
        complete(run("loads"));
        deliver("loads", 25);
        assertThat(run("loads")).isInstanceOf(RunOutcome.NothingNew.class);
        deliver("loads", 17);
        complete(run("loads"));
        takeBackNewest("loads");
        deliver("loads", 18);
        complete(run("loads"));
        deliver("loads", 40);
        assertThat(start("loads", Map.of(), true).exitCode().code())
                .as("stopped")
                .isEqualTo(4);
    }

    private void dated() {
        job("dated", "append", "");
        home.job("dated", home.read("config/jobs/dated.yml").replace("input/dated.csv", "input/${date}.csv"));
        for (int day = 1; day <= 5; day++) {
            home.write("data/input/" + day + ".csv", Numbers.file(day));
            complete(start("dated", Map.of("date", Integer.toString(day)), false));
            if (day == 3) {
                takeBackNewest("dated");
            }
        }
    }

    private void replaced() {
        job("replaced", "replace", "");
        for (int records = 1; records <= 5; records++) {
            deliver("replaced", records);
            complete(run("replaced"));
        }
    }

    /** The job's target is another database: a load, a replay of its rejects, and three loads that replace both. */
    void makeElsewhere() {
        job("replaced", "replace", "");
        home.job("replaced", "target: warehouse\n" + home.read("config/jobs/replaced.yml"));
        for (int records = 1; records <= 4; records++) {
            deliver("replaced", records);
            complete(run("replaced"));
            if (records == 1) {
                String rejects = home.read("data/work/replaced/1/rejects.csv");
                home.write("fixed.csv", rejects.replace("bad", "901,late,1.0,2026-11-01"));
                complete(replay(1, "fixed.csv"));
            }
        }
    }

    private void job(String name, String publish, String more) {
        home.job(
                name,
                Numbers.job("data/input/" + name + ".csv", 10, "100%", publish, "")
                                .replace("table: numbers", "table: " + name)
                        + more);
    }

    private void deliver(String job, int records) {
        home.write("data/input/" + job + ".csv", Numbers.file(records) + "bad\n");
    }

    /** All that is done after a purge to runs that it must have left; each with how it ended. */
    List<String> goOn() throws Exception {
        List<String> ends = new ArrayList<>();
        ends.add("continued " + run("loads").getClass().getSimpleName());
        application.getBean(Approving.class).approve(newestExecution("waits"), "ann", null);
        ends.add("approved " + run("waits").getClass().getSimpleName());
        home.write("again.csv", home.read("data/work/loads/3/rejects.csv").replace("bad", "902,late,1.0,2026-11-01"));
        ends.add("replayed " + replay(3, "again.csv").exitCode());
        ends.add("nothing new " + run("replaced").getClass().getSimpleName());
        for (int day = 1; day <= 5; day++) {
            RunOutcome again = start("dated", Map.of("date", Integer.toString(day)), false);
            ends.add("day " + day + " " + again.getClass().getSimpleName());
        }
        ends.add("taken back " + takeBack(publisher("replaced")) + " " + takeBack(publisher("replaced")));
        ends.add("taken back " + takeBack(publisher("loads")));
        return ends;
    }

    /** The rows of all that was loaded. */
    List<String> loaded() {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("loads", "dated", "replaced", "waits")) {
            rows.addAll(
                    home.rows("select '" + table + "', id, text, amount, sent from " + table + " order by id, text"));
        }
        return rows;
    }

    RunOutcome run(String job) {
        return start(job, Map.of(), false);
    }

    RunOutcome start(String job, Map<String, String> parameters, boolean oneChunk) {
        RunListeners listeners = new RunListeners(List.of(new RunReport(Clock.systemUTC())));
        RunLimits limits = oneChunk ? new RunLimits(null, null, 1L) : RunLimits.NONE;
        return application
                .getBean(Launcher.class)
                .run(new RunRequest(job, parameters, false, false, limits), listeners, new StopSignal());
    }

    RunOutcome replay(long execution, @Nullable String file) {
        Path path = file == null ? null : home.root().resolve(file);
        return application.getBean(Launcher.class).replay(execution, path, RunListener.NONE, new StopSignal());
    }

    private int takeBack(long execution) {
        return Rollback.with(application, home.root())
                .run(new RollbackRequest(execution, false, false))
                .exitCode()
                .code();
    }

    private void takeBackNewest(String job) {
        assertThat(takeBack(newestExecution(job))).isZero();
    }

    /** The execution of the newest publication. */
    private long publisher(String job) {
        String instance = repository("select job_instance_id from etl_publication where job_name = '" + job
                        + "' and taken_back_at is null order by id desc limit 1")
                .get(0);
        return Long.parseLong(
                repository("select max(job_execution_id) from batch_job_execution where job_instance_id = " + instance)
                        .get(0));
    }

    long newestExecution(String job) {
        return Long.parseLong(
                repository("select max(job_execution_id) from batch_job_execution where job_instance_id = (" + INSTANCE
                                + job + "')")
                        .get(0));
    }

    private List<String> repository(String query) {
        return home.rows(query);
    }

    private static void complete(RunOutcome outcome) {
        assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
    }

    /** Has all executions of the run end so many days ago. */
    void age(long instance, int days) {
        home.repository()
                .execute("update BATCH_JOB_EXECUTION set end_time = current_date - interval '" + days
                        + "' day where job_instance_id = " + instance);
    }

    /** Every row but those of leases, by table. */
    static Map<String, List<String>> rows(EtlHome home) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : home.tables("%")) {
            if (!table.equals("etl_lease")) {
                rows.put(
                        table,
                        home.rows("select * from " + table).stream().sorted().toList());
            }
        }
        return rows;
    }

    /** How many rows each table has, whatever the repository's token is. */
    static Map<String, Integer> counts(EtlHome home) {
        Map<String, Integer> counts = new TreeMap<>();
        rows(home).forEach((table, rows) -> counts.put(table.replaceAll("_[0-9a-f]{8}_", "_token_"), rows.size()));
        return counts;
    }

    /** Every file below data but those of databases. */
    static List<String> files(EtlHome home) throws IOException {
        try (Stream<Path> files = Files.walk(home.root().resolve("data"))) {
            return files.map(file -> home.root().relativize(file).toString())
                    .filter(file -> !file.startsWith("data/db"))
                    .sorted()
                    .toList();
        }
    }
}
