package dev.etljar.command;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Keeps Spring Boot from logging what keeps the application from starting, after its failure analyses: a mistake in
 * application.yml would be quoted with the lines around it, on the output stream, before the log is set up. The command line
 * tells it in its own words.
 */
final class QuietFailure implements SpringBootExceptionReporter {

    /** Called by Spring Boot. */
    QuietFailure(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        return true;
    }
}
