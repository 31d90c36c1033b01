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
