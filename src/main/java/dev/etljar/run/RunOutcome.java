package dev.etljar.run;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a start of a job ended, with the exit code and the message of each case. */
public sealed interface RunOutcome {

    ExitCode exitCode();

    /** For a person; says what to do next where there is something to do, and is empty where the summary says it all. */
    String message();

    /** What is to be shown of the execution, or null where there is nothing to show. */
    default @Nullable RunSummary summary() {
        return null;
    }

    /** All steps are done and the data is published. */
    record Completed(RunSummary summary) implements RunOutcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.COMPLETED;
        }

        @Override
        public String message() {
            return "";
        }
    }

    /** The run that the arguments name had completed before. */
    record AlreadyComplete(RunSummary completed) implements RunOutcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.COMPLETED;
        }

        @Override
        public String message() {
            return "Execution " + completed.executionId() + " of job '" + completed.job()
                    + "' is complete already; its report is "
                    + completed.workspace().textReport() + "."
                    + " Its job with --force loads it once more.";
        }
    }

    /** The input is the one that was published last. */
    record NothingNew(String message) implements RunOutcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.COMPLETED;
        }
    }

    /**
     * It failed, and may go on when it is run again.
     *
     * @param mayPass whether the cause may pass by itself, so that this process may try again
     */
    record Failed(@Nullable RunSummary summary, String message, boolean mayPass) implements RunOutcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.FAILED;
        }
    }

    /** Command line, definition or set-up are wrong; nothing was started. */
    record Wrong(List<Problem> problems) implements RunOutcome {
        public Wrong {
            problems = List.copyOf(problems);
        }

        /** FAILED where everything that is wrong may pass by itself. */
        @Override
        public ExitCode exitCode() {
            return problems.stream().allMatch(Problem::mayPass) ? ExitCode.FAILED : ExitCode.WRONG;
        }

        @Override
        public String message() {
            return problems.stream().map(Problem::message).collect(Collectors.joining(System.lineSeparator()));
        }
    }

    /** The data was refused; nothing was published. */
    record Refused(@Nullable RunSummary summary, String message) implements RunOutcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.REFUSED;
        }
    }

    /** It stopped when it was asked to. */
    record Stopped(@Nullable RunSummary summary, String message) implements RunOutcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.STOPPED;
        }
    }

    /** It waits for a person. */
    record Waiting(RunSummary summary, String message) implements RunOutcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.WAITING;
        }
    }

    /** Another process runs this job. */
    record Running(String message) implements RunOutcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.RUNNING;
        }
    }
}
