package dev.etljar.job;

import dev.etljar.run.DataRefusedException;
import dev.etljar.run.RunFailedException;
import dev.etljar.text.PlainWords;
import dev.etljar.text.Secrets;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** One line for a person out of an exception. */
public final class FailureMessage {

    private static final int MEBIBYTE = 1 << 20;

    private static final String NO_PASSWORD = "but no password was provided";

    private FailureMessage() {}

    /**
     * Our own exceptions speak for themselves. Of a database, a file or a connection it is told what is wrong with it; of all
     * others, which nobody expected, the type and the words of the innermost cause that has any.
     */
    public static String of(Throwable failure) {
        if (isOutOfMemory(failure)) {
            return outOfMemory();
        }
        if (failure instanceof DataRefusedException || failure instanceof RunFailedException) {
            return String.valueOf(failure.getMessage());
        }
        Throwable cause = failure;
        for (Throwable next = failure; next.getCause() != null && next.getCause() != next; ) {
            next = next.getCause();
            if (next instanceof DataRefusedException || next instanceof RunFailedException) {
                return String.valueOf(next.getMessage());
            }
            cause = next.getMessage() == null ? cause : next;
        }
        Optional<AccessDeniedException> denied = denied(failure);
        if (denied.isPresent()) {
            return PlainWords.of(denied.get());
        }
        Optional<NoConnection> database = NoConnection.in(failure);
        if (database.isPresent()) {
            return Secrets.masked(withoutConnection(database.get(), refusesUser(failure)));
        }
        if (cause instanceof IOException) {
            return Secrets.masked(PlainWords.of(cause));
        }
        String words = Secrets.masked(String.valueOf(cause.getMessage()));
        String line = words.lines().findFirst().orElse(words);
        if (failure instanceof DataAccessException || cause instanceof SQLException) {
            return "The database says: " + line;
        }
        return cause.getClass().getSimpleName() + ": " + line;
    }

    private static String withoutConnection(NoConnection database, boolean refusesUser) {
        String said = database.name() + ". It says: " + database.words().replaceFirst("\\.$", "");
        return refusesUser
                ? "The database does not let the user in: " + said
                        + ". Correct the user and the password in config/application.yml, or in the environment: "
                        + database.passwordVariable()
                : "The database does not answer: " + said + ". Start it, or correct " + database.property()
                        + ".url in config/application.yml";
    }

    /**
     * Whether a database does not let the user in: SQLSTATE class 28, and what PostgreSQL's driver says where a password is asked
     * for and there is none. A person corrects the configuration.
     */
    public static boolean refusesUser(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error
                    && (String.valueOf(error.getSQLState()).startsWith("28")
                            || String.valueOf(error.getMessage()).contains(NO_PASSWORD))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the user has no right to a file or a folder. A person corrects that. */
    public static boolean deniesAccess(Throwable failure) {
        return denied(failure).isPresent();
    }

    private static Optional<AccessDeniedException> denied(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException denied) {
                return Optional.of(denied);
            }
        }
        return Optional.empty();
    }

    /** What to do about too little memory: a chunk's records are held until they are written. */
    public static String outOfMemory() {
        return "The memory is full: the heap may have " + Runtime.getRuntime().maxMemory() / MEBIBYTE
                + " MiB. Give it more with java -Xmx…, or lower process.checkpoint-every";
    }

    private static boolean isOutOfMemory(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }
}
