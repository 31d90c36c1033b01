package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Readers;
import dev.etljar.testing.Readers.Answer;
import dev.etljar.testing.Readers.Question;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WatchedDriver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Readers who ask without a pause while a load is published see the old data or the new data, never a mix. The publishing
 * transaction is held open after each of its statements until every reader has been answered many times, so that what
 * is seen there is no accident. {@code -Detl.test.readers.rows=100000} makes the commit itself longer,
 * {@code -Detl.test.databases=all} asks the oldest databases too.
 */
@ParameterizedClass
@MethodSource("databases")
record ReadersIT(TestDatabase database) {

    private static final int ROWS = Integer.getInteger("etl.test.readers.rows", 10_000);
    private static final int POLLS_WITHIN = 10;

    static Stream<TestDatabase> databases() {
        boolean all = System.getProperty("etl.test.databases", "newest").equals("all");
        return Stream.of(TestDatabase.values())
                .filter(database -> all || !database.name().endsWith("OLDEST"));
    }

    @AfterEach
    void unwatch() {
        WatchedDriver.watch(new WatchedDriver.Watch() {});
    }

    /** Whole numbers from first to last, in a table with a row for each, written by one version of a load. */
    private record Part(int first, int last, int version) {

        String file() {
            StringBuilder file = new StringBuilder("id,version\n");
            for (int id = first; id <= last; id++) {
                file.append(id).append(',').append(version).append('\n');
            }
            return file.toString();
        }

        static String answer(Part... parts) {
            Map<Integer, Integer> versions = new TreeMap<>();
            for (Part part : parts) {
                for (int id = part.first; id <= part.last; id++) {
                    versions.put(id, part.version);
                }
            }
            long ids = versions.keySet().stream().mapToLong(id -> id).sum();
            long sum = versions.values().stream().mapToLong(version -> version).sum();
            return versions.size() + "|" + ids + "|" + sum + "|"
                    + versions.values().stream().min(Comparator.naturalOrder()).orElseThrow() + "|"
                    + versions.values().stream().max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    private static final String STATE = "select count(*), sum(id), sum(version), min(version), max(version) from ";

    private static String state(Connection connection) throws SQLException {
        return Readers.row(connection, STATE + "a");
    }

    private static String count(Connection connection) throws SQLException {
        return Readers.row(connection, "select count(*) from a");
    }

    /** Where there is no table, that is the answer. */
    private static String stateOrNone(Connection connection) throws SQLException {
        try {
            return state(connection);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("42")) {
                return "no table";
            }
            throw e;
        }
    }

    @Test
    void readersSeeTheOldOrTheNewTable(@TempDir Path folder) {
        try (EtlHome home = watchedHome(folder)) {
            Part first = new Part(1, ROWS, 1);
            List<List<Answer>> creating =
                    publish(home, "append", List.of("a"), first, ReadersIT::stateOrNone, ReadersIT::stateOrNone);
            creating.forEach(answers -> assertThat(states(answers))
                    .startsWith("no table")
                    .endsWith(Part.answer(first))
                    .isSubsetOf("no table", "0|null|null|null|null", Part.answer(first)));

            home.execute("alter table a add primary key (id)");
            Part appended = new Part(ROWS + 1, 2 * ROWS, 2);
            assertOldThenNew(
                    publish(home, "append", List.of("a"), appended, ReadersIT::state, ReadersIT::state),
                    Part.answer(first),
                    Part.answer(first, appended));

            Part merged = new Part(ROWS + 1, 3 * ROWS, 3);
            assertOldThenNew(
                    publish(home, "upsert", List.of("a"), merged, ReadersIT::state, ReadersIT::state),
                    Part.answer(first, appended),
                    Part.answer(first, merged));

            assertOldThenNew(
                    publish(home, "replace", List.of("a"), new Part(1, ROWS, 4), ReadersIT::count, ReadersIT::count),
                    Integer.toString(3 * ROWS),
                    Integer.toString(ROWS));

            Part replacing = new Part(ROWS / 2, ROWS * 3 / 2, 5);
            assertOldThenNew(
                    publish(home, "replace", List.of("a"), replacing, ReadersIT::state, ReadersIT::state),
                    Part.answer(new Part(1, ROWS, 4)),
                    Part.answer(replacing));
        }
    }

    /** One statement that joins them sees both tables alike, and so does one transaction of two statements. */
    @Test
    void readersSeeTheOldOrTheNewTablesOfOnePublication(@TempDir Path folder) {
        try (EtlHome home = watchedHome(folder)) {
            Part before = new Part(1, ROWS, 1);
            publish(home, "append", List.of("a", "b"), before, ReadersIT::stateOrNone);
            home.execute("alter table a add primary key (id)");
            home.execute("alter table b add primary key (id)");

            Question join = connection -> Readers.row(
                    connection,
                    "select count(*), sum(a.id), sum(b.version), min(a.version), max(b.version)"
                            + " from a join b on a.id = b.id and a.version = b.version");
            Part after = new Part(ROWS / 2, ROWS, 2);

            assertOldThenNew(
                    publish(home, "replace", List.of("a", "b"), after, join, this::inOneTransaction),
                    Part.answer(before),
                    Part.answer(after));
        }
    }

    /** The state of both tables if it is the same. H2's snapshot of a transaction spans tables from SERIALIZABLE on. */
    private String inOneTransaction(Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(
                    database == TestDatabase.H2
                            ? Connection.TRANSACTION_SERIALIZABLE
                            : Connection.TRANSACTION_REPEATABLE_READ);
        }
        String a = Readers.row(connection, STATE + "a");
        String b = Readers.row(connection, STATE + "b");
        connection.commit();
        return a.equals(b) ? a : a + " but " + b;
    }

    private EtlHome watchedHome(Path folder) {
        return EtlHome.on(database, folder)
                .configure("---\nspring:\n  datasource:\n    driver-class-name: " + WatchedDriver.class.getName()
                        // Its driver writes a line for each answer that there is no table.
                        + "\nlogging:\n  level:\n    org.mariadb: \"off\"\n");
    }

    /** Publishes the part into the tables while each question is asked by a reader; gives each reader's answers. */
    private List<List<Answer>> publish(
            EtlHome home, String mode, List<String> tables, Part part, Question... questions) {
        StringBuilder job = new StringBuilder("download:\n");
        tables.forEach(table -> job.append("  - url: data/input/%s.csv\n".formatted(table)));
        job.append("process:\n  loads:\n");
        for (String table : tables) {
            home.write("data/input/" + table + ".csv", part.file());
            job.append("""
                        - files: "%1$s.csv"
                          table: %1$s
                          create: true
                          columns:
                            - { name: id, type: integer, required: true }
                            - { name: version, type: integer }
                    """.formatted(table).indent(-2));
        }
        job.append("finalize: { publish: %s%s }\n".formatted(mode, mode.equals("upsert") ? ", key: [id]" : ""));
        home.job("versions", job.toString());
        try (ConfigurableApplicationContext application = InProcessEtl.open(home.root());
                Readers readers = new Readers()) {
            for (Question question : questions) {
                readers.add(home, question);
            }
            Hold hold = new Hold(readers);
            WatchedDriver.watch(hold);
            RunOutcome outcome = application
                    .getBean(Launcher.class)
                    .run(new RunRequest("versions", Map.of(), false, false), RunListener.NONE, new StopSignal());
            assertThat(outcome).as(outcome.message()).isInstanceOf(RunOutcome.Completed.class);
            readers.awaitPolls(POLLS_WITHIN);
            List<List<Answer>> answers = readers.end();
            report(mode + " " + tables, hold, answers);
            assertThat(answers)
                    .allSatisfy(each -> assertThat(each)
                            .as("answers within the publishing transaction")
                            .filteredOn(hold::spans)
                            .hasSizeGreaterThanOrEqualTo(POLLS_WITHIN));
            return answers;
        }
    }

    private void report(String what, Hold hold, List<List<Answer>> answers) {
        List<Answer> all = answers.stream().flatMap(List::stream).toList();
        Answer longest = all.stream().max(Comparator.comparing(Answer::time)).orElseThrow();
        System.out.printf(
                "Readers of %s, %s: %d polls, %d of them in the %d ms of publishing; the longest took %d ms%s, half of them %d ms%n",
                database,
                what,
                all.size(),
                all.stream().filter(hold::spans).count(),
                (hold.committed - hold.begun) / 1_000_000,
                longest.time().toMillis(),
                hold.spans(longest) ? " (while publishing)" : "",
                all.stream()
                        .map(Answer::time)
                        .sorted()
                        .toList()
                        .get(all.size() / 2)
                        .toMillis());
    }

    private static void assertOldThenNew(List<List<Answer>> readers, String old, String fresh) {
        readers.forEach(answers -> assertThat(states(answers)).containsExactly(old, fresh));
    }

    /** The answers, without those that repeat the one before. */
    private static List<String> states(List<Answer> answers) {
        List<String> states = new ArrayList<>();
        for (Answer answer : answers) {
            if (states.isEmpty() || !states.get(states.size() - 1).equals(answer.text())) {
                states.add(answer.text());
            }
        }
        return states;
    }

    /** Holds the publishing transaction open while the readers ask. */
    private static final class Hold implements WatchedDriver.Watch {

        private final Readers readers;
        private long begun;
        private long committed;

        Hold(Readers readers) {
            this.readers = readers;
        }

        @Override
        public void executed(String sql) {
            if (sql.matches("(?is)\\s*(insert|update|delete|merge)\\b.*")) {
                begun = begun == 0 ? System.nanoTime() : begun;
                readers.awaitPolls(POLLS_WITHIN);
            }
        }

        @Override
        public void committing(List<String> statements) {
            if (publishes(statements)) {
                readers.awaitPolls(POLLS_WITHIN);
            }
        }

        @Override
        public void committed(List<String> statements) {
            if (publishes(statements)) {
                committed = System.nanoTime();
            }
        }

        private static boolean publishes(List<String> statements) {
            return statements.stream().anyMatch(sql -> sql.contains("insert into etl_publication"));
        }

        /** Whether it was asked and answered between the first of the transaction's statements and its commit. */
        boolean spans(Answer answer) {
            return answer.from() >= begun && answer.to() <= committed;
        }
    }
}
