package dev.etljar.testing;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask a question of a database over and over, as fast as they can, each on a connection of its own. */
public final class Readers implements AutoCloseable {

    /** What is asked. */
    public interface Question {
        String ask(Connection connection) throws SQLException;
    }

    /**
     * What was answered.
     *
     * @param from when it was asked, by {@link System#nanoTime}
     * @param to when the answer was there
     */
    public record Answer(String text, long from, long to) {

        public Duration time() {
            return Duration.ofNanos(to - from);
        }
    }

    private static final AtomicLong QUERIES = new AtomicLong();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<AtomicInteger> polls = new ArrayList<>();
    private final List<Future<List<Answer>>> answers = new ArrayList<>();
    private volatile boolean ending;

    /** Starts a client; returns when it has been answered once. */
    public Readers add(EtlHome home, Question question) {
        AtomicInteger count = new AtomicInteger();
        polls.add(count);
        answers.add(threads.submit(() -> poll(home, question, count)));
        awaitPolls(1);
        return this;
    }

    private List<Answer> poll(EtlHome home, Question question, AtomicInteger count) throws SQLException {
        List<Answer> given = new ArrayList<>();
        try (Connection connection = home.connect()) {
            while (!ending) {
                long from = System.nanoTime();
                String text = question.ask(connection);
                given.add(new Answer(text, from, System.nanoTime()));
                count.incrementAndGet();
            }
        }
        return given;
    }

    /** Waits until each client has asked and been answered this many times from now on, or one has failed. */
    public void awaitPolls(int number) {
        List<Integer> wanted =
                polls.stream().map(count -> count.get() + number + 1).toList();
        await().pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    for (int i = 0; i < polls.size(); i++) {
                        if (polls.get(i).get() < wanted.get(i)
                                && !answers.get(i).isDone()) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /** Ends the clients; gives the answers of each in their order. */
    public List<List<Answer>> end() {
        ending = true;
        return answers.stream().map(Readers::get).toList();
    }

    private static List<Answer> get(Future<List<Answer>> answers) {
        try {
            return answers.get();
        } catch (Exception e) {
            throw new IllegalStateException("a reader failed", e);
        }
    }

    @Override
    public void close() {
        ending = true;
        threads.shutdownNow();
    }

    /** The only row of a query, its values joined by {@code |}. No two texts are the same, so that none is cached. */
    public static String row(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query + " -- " + QUERIES.incrementAndGet())) {
            rows.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                values.add(String.valueOf(rows.getString(i)));
            }
            return String.join("|", values);
        }
    }
}
