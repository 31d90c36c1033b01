package dev.etljar.testing;

import java.util.Map;
import java.util.Optional;

/** A database server that a test may make schemas on. */
public interface TestServer {

    String url();

    String username();

    String password();

    /** Ends it by {@code kill -9}. */
    void crash();

    /** Starts it again after a crash, with what it had stored. */
    void restart();

    /** Ends it by {@code kill -9}, and starts it again with what it had stored. */
    default void crashAndRestart() {
        crash();
        restart();
    }

    /** The server that environment variables name. */
    static Optional<TestServer> named(String prefix) {
        Map<String, String> environment = System.getenv();
        return Optional.ofNullable(environment.get(prefix + "_URL"))
                .map(url -> new Given(
                        url,
                        environment.getOrDefault(prefix + "_USERNAME", ""),
                        environment.getOrDefault(prefix + "_PASSWORD", "")));
    }

    /** One that was there before and is not ours to end. */
    record Given(String url, String username, String password) implements TestServer {

        @Override
        public void crash() {
            throw new UnsupportedOperationException("the server at " + url + " is not ended by tests");
        }

        @Override
        public void restart() {
            throw new UnsupportedOperationException("the server at " + url + " is not started by tests");
        }
    }
}
