package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.run.Verdict;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database must do alike; each is asked all of it. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
record DatabaseContractIT(TestDatabase database) {

    @Test
    void everyTypeArrivesAsItWasSent(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.write("data/input/types.csv", """
                            v,t,i,b,d,f,o,a,m,s,u
                            "ä€😀 'q' \\",long,-2147483648,9223372036854775807,-12345678.90,1.5,true,2024-02-29,23:59:59.123456,2026-11-23 01:02:03.654321,0f8fad5b-d9cb-469f-a165-70867728950e
                            ,,,,,,,,,,
                            """).job("types", """
                            download: [{ url: data/input/types.csv }]
                            process:
                              loads:
                                - files: "*.csv"
                                  table: types
                                  create: true
                                  columns:
                                    - { name: v, type: varchar(20) }
                                    - { name: t, type: text }
                                    - { name: i, type: integer }
                                    - { name: b, type: bigint }
                                    - { name: d, type: "decimal(10,2)" }
                                    - { name: f, type: double }
                                    - { name: o, type: boolean }
                                    - { name: a, type: date }
                                    - { name: m, type: time, format: "HH:mm:ss.SSSSSS" }
                                    - { name: s, type: timestamp, format: "yyyy-MM-dd HH:mm:ss.SSSSSS" }
                                    - { name: u, type: uuid }
                            """);

            assertThat(InProcessEtl.run(home, "types")).isInstanceOf(RunOutcome.Completed.class);

            assertThat(home.rows("select v, t, i, b, d, f, a, u from types where i is not null"))
                    .containsExactly("ä€😀 'q' \\|long|-2147483648|9223372036854775807|-12345678.90|1.5|2024-02-29|"
                            + "0f8fad5b-d9cb-469f-a165-70867728950e");
            assertThat(home.value("select count(*) from types where o = true and m = '23:59:59.123456'"
                            + " and s = '2026-11-23 01:02:03.654321'"))
                    .isEqualTo("1");
            assertThat(home.value("select count(*) from types where v is null and t is null and i is null and b is null"
                            + " and d is null and f is null and o is null and a is null and m is null and s is null"
                            + " and u is null"))
                    .isEqualTo("1");
        }
    }

    @Test
    void namesAreQuoted(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.write("data/input/a.csv", "select,Mixed Case,it's\n1,2,3\n").job("odd", """
                            download: [{ url: data/input/a.csv }]
                            process: { loads: [{ files: "*.csv", table: order, create: true }] }
                            validate: [{ rule: unique, table: order, columns: [select, Mixed Case] }]
                            finalize: { publish: replace }
                            """);

            assertThat(InProcessEtl.run(home, "odd")).isInstanceOf(RunOutcome.Completed.class);

            assertThat(home.tables("order")).hasSize(1);
        }
    }

    /** @param checkpointEvery so many that a bad row is alone, beside another, or beside a record that is no row */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6, 40, 5_000})
    void aRowThatTheDatabaseRefusesIsAReject(int checkpointEvery, @TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.execute("create table short (id integer not null primary key, text varchar(8))");
            home.write(
                            "data/input/a.csv",
                            "id,text\n1,short\n2,far too long\n3,fits\n4,\n5,again too long\n6,end\nx,bad\n")
                    .job("short", """
                            download: [{ url: data/input/a.csv }]
                            process:
                              checkpoint-every: %d
                              loads:
                                - files: "*.csv"
                                  table: short
                                  columns: [{ name: id, type: integer }, { name: text, type: varchar(100) }]
                                  rejects: { max: 3 }
                            """.formatted(checkpointEvery));

            assertThat(InProcessEtl.run(home, "short")).isInstanceOf(RunOutcome.Completed.class);

            assertThat(home.rows("select id, text from short order by id"))
                    .containsExactly("1|short", "3|fits", "4|null", "6|end");
            assertThat(home.read("data/work/short/1/rejects.csv").lines())
                    .hasSize(4)
                    .anyMatch(line -> line.contains("\"3\",\"2\"") && line.contains("refused by the database"))
                    .anyMatch(line -> line.contains("\"6\",\"5\""));
            assertThat(home.rows("select read_count, write_count, process_skip_count from BATCH_STEP_EXECUTION"
                            + " where step_name like 'PROCESS:%' or step_name = 'PROCESS'"))
                    .contains("7|4|3");
        }
    }

    /** More than goes in one statement on PostgreSQL, where a chunk of so few records has one. */
    @Test
    void aSmallChunkMayHaveLongRecords(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            String text = "long ".repeat(120_000);
            home.write("data/input/a.csv", "id,text\n1," + text + "\n2,x\n3," + text + "\n")
                    .job("longs", """
                            download: [{ url: data/input/a.csv }]
                            process:
                              checkpoint-every: 3
                              loads:
                                - files: "*.csv"
                                  table: longs
                                  create: true
                                  columns: [{ name: id, type: integer }, { name: text, type: text }]
                            """);

            assertThat(InProcessEtl.run(home, "longs")).isInstanceOf(RunOutcome.Completed.class);

            assertThat(home.rows("select id, char_length(text) from longs order by id"))
                    .containsExactly("1|600000", "2|1", "3|600000");
        }
    }

    @Test
    void publishingAppendsReplacesAndMerges(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            publish(home, "append", 1, 2);
            publish(home, "append", 3, 3);
            assertThat(home.rows("select id, text from t order by id"))
                    .containsExactly("1|append", "2|append", "3|append");

            publish(home, "upsert", 2, 4);
            assertThat(home.rows("select id, text from t order by id"))
                    .containsExactly("1|append", "2|upsert", "3|upsert", "4|upsert");

            publish(home, "replace", 9, 9);
            assertThat(home.rows("select id, text from t order by id")).containsExactly("9|replace");
            assertThat(home.tables("etl_stage%")).isEmpty();
        }
    }

    private static void publish(EtlHome home, String mode, int first, int last) {
        StringBuilder file = new StringBuilder("id,text\n");
        for (int id = first; id <= last; id++) {
            file.append(id).append(',').append(mode).append('\n');
        }
        if (home.tables("t").isEmpty()) {
            home.execute("create table t (id integer not null primary key, text varchar(10))");
        }
        home.write("data/input/a.csv", file.toString())
                .job("t", """
                download: [{ url: data/input/a.csv }]
                process:
                  loads:
                    - files: "*.csv"
                      table: t
                      columns:
                        - { name: id, type: integer, required: true }
                        - { name: text, type: varchar(10) }
                finalize: { publish: %s%s }
                """.formatted(mode, mode.equals("upsert") ? ", key: [id]" : ""));
        assertThat(InProcessEtl.run(home, "t")).isInstanceOf(RunOutcome.Completed.class);
    }

    @Test
    void rulesAreJudged(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.execute("create table kinds (code varchar(5))");
            home.execute("insert into kinds values ('A'), ('B')");
            home.write("data/input/a.csv", "id,kind,speed\n1,A,10\n1,a,700\n3,,-1\n")
                    .job("rules", """
                            download: [{ url: data/input/a.csv }]
                            process:
                              loads:
                                - files: "*.csv"
                                  table: birds
                                  create: true
                                  columns:
                                    - { name: id, type: integer }
                                    - { name: kind, type: varchar(5) }
                                    - { name: speed, type: integer }
                            validate:
                              - { rule: row-count, table: birds, min: 3, max: 3, severity: warn }
                              - { rule: not-null, table: birds, columns: [kind], severity: warn }
                              - { rule: unique, table: birds, columns: [id], severity: warn }
                              - { rule: accepted-values, table: birds, column: kind, values: [A, B], severity: warn }
                              - { rule: range, table: birds, column: speed, min: 0, max: 699.5, severity: warn }
                              - { rule: relationship, table: birds, column: kind, references: kinds(code), severity: warn }
                              - { rule: relationship, table: birds, column: id, references: birds(id), severity: warn }
                              - { rule: sql, query: "select count(*) from ${table:birds} where speed < 0", expect: 0, severity: warn }
                            """);

            RunOutcome outcome = InProcessEtl.run(home, "rules");

            assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
            Verdict verdict = Objects.requireNonNull(
                    Objects.requireNonNull(outcome.summary()).verdict());
            assertThat(verdict.results())
                    .extracting(result -> result.passed() + " " + result.message())
                    .containsExactly(
                            "true 3 records = 3 loaded + 0 rejected + 0 filtered; 3 rows staged",
                            "true 3 rows",
                            "false 1 rows break the rule",
                            "false 2 rows share their values with another",
                            "false 1 rows break the rule",
                            "false 2 rows break the rule",
                            "false 1 rows break the rule",
                            "true 0 rows break the rule",
                            "false expected 0, actual 1");
        }
    }

    @Test
    void aTableOfAnotherSchemaIsFilled(@TempDir Path folder) throws Exception {
        try (EtlHome home = EtlHome.on(database, folder);
                var other = database == TestDatabase.H2 ? null : database.newSchema()) {
            String schema = other == null ? "other" : other.name();
            if (other == null) {
                home.execute("create schema other");
            }
            home.write("data/input/a.csv", "id\n1\n").job("other", """
                            download: [{ url: data/input/a.csv }]
                            process: { loads: [{ files: "*.csv", table: %s.t, create: true }] }
                            """.formatted(schema));

            assertThat(InProcessEtl.run(home, "other")).isInstanceOf(RunOutcome.Completed.class);

            assertThat(home.rows("select id from " + schema + ".t")).containsExactly("1");
        }
    }

    @Test
    void aContextOfAnyLengthIsKept(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            for (int i = 0; i < 400; i++) {
                home.write("data/input/part-" + "x".repeat(150) + i + ".csv", "id\n" + i + "\n");
            }
            StringBuilder downloads = new StringBuilder("download:\n");
            for (int i = 0; i < 400; i++) {
                downloads
                        .append("  - url: data/input/part-" + "x".repeat(150))
                        .append(i)
                        .append(".csv\n");
            }
            home.job("parts", downloads + "process: { loads: [{ files: \"*.csv\", table: parts, create: true }] }\n");

            assertThat(InProcessEtl.run(home, "parts")).isInstanceOf(RunOutcome.Completed.class);

            assertThat(home.value("select count(distinct id) from parts")).isEqualTo("400");
        }
    }

    @Test
    void theSecondRunOfTheSameInputLoadsNothing(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.job("numbers", Numbers.job(500)).write("data/input/numbers.csv", Numbers.file(1_200));

            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.NothingNew.class);

            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(1_200));
        }
    }

    /** What was published before has a later time then. */
    @Test
    void whatWasPublishedLastIsKnownAlsoAfterTheClockWasSetBack(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.job("numbers", Numbers.job(500)).write("data/input/numbers.csv", Numbers.file(10));
            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
            home.execute("update etl_publication set published_at = '2099-01-01 00:00:00'");
            home.execute("update BATCH_JOB_EXECUTION set create_time = '2099-01-01 00:00:00',"
                    + " start_time = '2099-01-01 00:00:00', end_time = '2099-01-01 00:00:01'");
            home.execute("update BATCH_STEP_EXECUTION set create_time = '2099-01-01 00:00:00',"
                    + " start_time = '2099-01-01 00:00:00', end_time = '2099-01-01 00:00:01'");

            home.write("data/input/numbers.csv", Numbers.file(20));
            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.NothingNew.class);
            home.write("data/input/numbers.csv", Numbers.file(10));
            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);

            assertThat(home.value("select count(*) from numbers")).isEqualTo("40");
        }
    }

    /** The step that has the checkpoint is older by its time than one before it then. */
    @Test
    void anInterruptedRunGoesOnAtItsCheckpointAlsoAfterTheClockWasSetBack(@TempDir Path folder) {
        try (EtlHome home = EtlHome.on(database, folder)) {
            home.job("numbers", Numbers.job(500)).write("data/input/numbers.csv", Numbers.file(5_000));
            for (int checkpoint : new int[] {1_000, 3_000}) {
                StopSignal stop = new StopSignal();
                RunListener stopping = new RunListener() {
                    @Override
                    public void progressed(Progress progress) {
                        if (progress.loaded() == checkpoint) {
                            stop.request();
                        }
                    }
                };
                assertThat(InProcessEtl.run(folder, "numbers", stopping, stop)).isInstanceOf(RunOutcome.Stopped.class);
                assertThat(home.staged()).isEqualTo(checkpoint);
                String later = "'" + (2099 - checkpoint / 1_000) + "-01-01 00:00:00'";
                String last = " where job_execution_id = "
                        + home.value("select max(job_execution_id) from BATCH_JOB_EXECUTION");
                home.execute("update BATCH_JOB_EXECUTION set create_time = " + later + last);
                home.execute("update BATCH_STEP_EXECUTION set create_time = " + later + last);
            }

            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);

            assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(5_000));
        }
    }

    @Test
    void aTargetMayBecomeTheRepository(@TempDir Path folder) {
        TestDatabase other = database == TestDatabase.H2 ? TestDatabase.POSTGRESQL_NEWEST : database;
        try (EtlHome home = EtlHome.withTargetOn(other, folder)) {
            home.write("data/input/numbers.csv", Numbers.file(10))
                    .job("numbers", "target: warehouse\n" + Numbers.job(5));
            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);

            EtlHome.Address address = home.address();
            home.write(
                    "config/application.yml",
                    "spring.datasource: { url: \"%s\", username: \"%s\", password: \"%s\" }%n"
                            .formatted(address.url(), address.username(), address.password()));
            home.job("numbers", Numbers.job(5)).write("data/input/numbers.csv", Numbers.file(5));

            assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
            assertThat(home.value("select count(*) from numbers")).isEqualTo("15");
        }
    }
}
