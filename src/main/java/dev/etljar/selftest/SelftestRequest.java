package dev.etljar.selftest;

import dev.etljar.database.Database;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tested, and how hard.
 *
 * @param kills how many child processes are killed, at least 1
 * @param seed decides data, moments and the order of things
 * @param records in the input of each round, 100 to 1,000,000
 * @param checkpointEvery records in a chunk, at least 1
 * @param server the database server that is tested, in a schema of its own; null for the embedded database
 * @param embeddedRepository whether the job repository is embedded all the same, and the server the target alone
 * @param command what starts the application, to which its arguments are added
 * @param folder an empty folder for the runs; it is not removed
 * @param shapes what the rounds are made of, each as often as the others
 */
public record SelftestRequest(
        int kills,
        long seed,
        int records,
        int checkpointEvery,
        @Nullable Server server,
        boolean embeddedRepository,
        List<String> command,
        Path folder,
        Set<Shape> shapes) {

    private static final int MIN_RECORDS = 100;
    private static final int MAX_RECORDS = 1_000_000;

    public SelftestRequest {
        command = List.copyOf(command);
        // In their own order, so that a seed gives the same rounds again.
        shapes = Collections.unmodifiableSet(EnumSet.copyOf(shapes));
        if (kills < 1) {
            throw new IllegalArgumentException("there must be at least one kill, not " + kills);
        }
        if (records < MIN_RECORDS || records > MAX_RECORDS) {
            throw new IllegalArgumentException(
                    "a round has " + MIN_RECORDS + " to " + MAX_RECORDS + " records, not " + records);
        }
        if (embeddedRepository && server == null) {
            throw new IllegalArgumentException("an embedded repository beside a target needs the target's URL");
        }
    }

    /** A database server that is there. */
    public record Server(String url, String username, String password) {

        /** @throws IllegalArgumentException where its database is not supported, or is an embedded one */
        public Server {
            if (url.matches("(?i).*(password=|pwd=|//[^/?]*@).*")) {
                throw new IllegalArgumentException("the URL is to have no user and no password in it; see --help");
            }
            if (Database.of(url).embedded()) {
                throw new IllegalArgumentException(
                        "the embedded database is tested without a URL, in a folder of its own");
            }
        }

        /** Without the password. */
        @Override
        public String toString() {
            return url;
        }
    }
}
