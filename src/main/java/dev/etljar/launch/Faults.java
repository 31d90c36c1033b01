package dev.etljar.launch;

import dev.etljar.database.Database;
import dev.etljar.run.TakenOverException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;

/** Tells the failures that may pass by themselves from those that need something to be done. */
record Faults(List<Database> databases) {

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
