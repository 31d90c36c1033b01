package dev.etljar.command;

import dev.etljar.job.FailureMessage;
import dev.etljar.run.ExitCode;
import dev.etljar.text.Secrets;
import java.io.IOException;
import org.springframework.beans.BeansException;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** One line for a person out of what kept the application from starting. */
final class StartFailure {

    private StartFailure() {}

    /** Whether it is a person's to correct: a value in the configuration, a right; all else may pass by itself. */
    static ExitCode exitCode(Throwable failure) {
        return FailureMessage.refusesUser(failure)
                        || FailureMessage.deniesAccess(failure)
                        || has(failure, YAMLException.class)
                        || (failure instanceof BeansException && has(failure, IllegalArgumentException.class))
                ? ExitCode.WRONG
                : ExitCode.FAILED;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        Throwable cause = failure;
        while (!kind.isInstance(cause) && cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return kind.isInstance(cause);
    }

    static String message(Throwable failure) {
        Throwable cause = root(failure);
        String words = Secrets.masked(String.valueOf(cause.getMessage()));
        String line = words.lines().findFirst().orElse(words);
        if (cause.getClass().getName().startsWith("org.h2") && line.contains("90020")) {
            return "The database is in use by another process that does not share it: " + line;
        }
        String message = FailureMessage.of(failure);
        if (message.startsWith("The database does not") || FailureMessage.deniesAccess(failure)) {
            return message;
        }
        String reason = cause instanceof IOException ? message : line;
        return "The application cannot start: " + place(cause) + reason;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Where in the configuration it is, which has one file in most cases; lines and columns count from 0. */
    private static String place(Throwable cause) {
        return cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? "not YAML in line " + (marked.getProblemMark().getLine() + 1) + ", column "
                        + (marked.getProblemMark().getColumn() + 1) + " of the configuration: "
                : "";
    }
}
