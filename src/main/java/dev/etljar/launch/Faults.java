package dev.etljar.launch;

import dev.etljar.database.Database;
import dev.etljar.run.TakenOverException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;

/** Tells the failures that may pass by themselves from those that need something to be done. */
record Faults(List<Database> databases) {

    /** Whether a database does not let the user in (SQLSTATE class 28): a person corrects the configuration. */
    static boolean refusesUser(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error
                    && String.valueOf(error.getSQLState()).startsWith("28")) {
                return true;
            }
        }
        return false;
    }

    boolean mayPass(Throwable failure) {
        if (databases.stream().anyMatch(each -> each.causeMayPass(failure))) {
            return true;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // Whether another process has the job now, the next attempt's lease tells.
            if (cause instanceof TakenOverException || cause instanceof OptimisticLockingFailureException) {
                return true;
            }
        }
        return false;
    }
}
