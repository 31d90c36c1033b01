package dev.etljar.job;

import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database that the pool has no connection to.
 *
 * @param property its prefix in application.yml, such as {@code spring.datasource}
 * @param name for people: the prefix and the address
 * @param words what the driver says, in one line
 */
record NoConnection(String property, String name, String words) {

    /** What HikariCP says, beginning with the pool's name, which is that of the property and the address. */
    private static final Pattern POOL = Pattern.compile("((\\S+)(?: \\(.*\\))?) - Connection is not available, .*");

    /** Found in what was thrown; empty where all connections are in use, or it is something else. */
    static Optional<NoConnection> in(Throwable failure) {
        @Nullable Matcher pool = null;
        @Nullable String words = null;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            Matcher matcher = POOL.matcher(message);
            if (cause instanceof SQLException && matcher.matches()) {
                pool = matcher;
            } else if (pool != null && cause instanceof SQLException && words == null) {
                words = message.lines().findFirst().orElse(message);
            } else if (words != null && cause instanceof IOException && !(cause instanceof ConnectException)) {
                words = words.replaceFirst("\\.$", "") + ": " + PlainWords.of(cause);
            }
        }
        return pool == null || words == null
                ? Optional.empty()
                : Optional.of(new NoConnection(pool.group(2), pool.group(1), words));
    }

    /** The environment's variable for the user's password. */
    String passwordVariable() {
        return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT) + "_PASSWORD";
    }
}
