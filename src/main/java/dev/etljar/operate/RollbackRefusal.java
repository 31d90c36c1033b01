package dev.etljar.operate;

import dev.etljar.run.ExitCode;

/** Why nothing is taken back. */
public final class RollbackRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    RollbackRefusal(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static RollbackRefusal wrong(String message) {
        return new RollbackRefusal(ExitCode.WRONG, message);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    RollbackOutcome outcome() {
        return RollbackOutcome.of(exitCode, String.valueOf(getMessage()));
    }
}
