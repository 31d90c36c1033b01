package dev.etljar.command;

import dev.etljar.job.FailureMessage;
import dev.etljar.run.ExitCode;
import dev.etljar.text.Secrets;
import java.io.IOException;

/** One line for a person out of what kept the application from starting. */
final class StartFailure {

    private StartFailure() {}

    /** Whether it is a person's to correct; all else may pass by itself. */
    static ExitCode exitCode(Throwable failure) {
        return FailureMessage.refusesUser(failure) || FailureMessage.deniesAccess(failure)
                ? ExitCode.WRONG
                : ExitCode.FAILED;
    }

    static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String words = Secrets.masked(String.valueOf(cause.getMessage()));
        String line = words.lines().findFirst().orElse(words);
        if (cause.getClass().getName().startsWith("org.h2") && line.contains("90020")) {
            return "The database is in use by another process that does not share it: " + line;
        }
        String message = FailureMessage.of(failure);
        return message.startsWith("The database does not") || FailureMessage.deniesAccess(failure)
                ? message
                : "The application cannot start: " + (cause instanceof IOException ? message : line);
    }
}
