package dev.etljar.command;

import dev.etljar.run.Secrets;

/** One line for a person out of what kept the application from starting. */
final class StartFailure {

    private StartFailure() {}

    static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String words = Secrets.masked(String.valueOf(cause.getMessage()));
        String line = words.lines().findFirst().orElse(words);
        return cause.getClass().getName().startsWith("org.h2") && line.contains("90020")
                ? "The database is in use by another process that does not share it: " + line
                : "The application cannot start: " + line;
    }
}
