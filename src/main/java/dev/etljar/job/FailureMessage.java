package dev.etljar.job;

import dev.etljar.run.DataRefusedException;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.Secrets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** One line for a person out of an exception. */
public final class FailureMessage {

    private static final int MEBIBYTE = 1 << 20;

    private static final String NO_PASSWORD = "but no password was provided";

    private FailureMessage() {}

    /** Our own exceptions speak for themselves; of others the type and the words of the innermost cause that has any. */
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
        String words = Secrets.masked(String.valueOf(cause.getMessage()));
        String line = words.lines().findFirst().orElse(words);
        if (failure instanceof DataAccessException || cause instanceof SQLException) {
            return "The database says: " + line;
        }
        return cause.getClass().getSimpleName() + ": " + line;
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
