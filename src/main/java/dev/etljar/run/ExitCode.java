package dev.etljar.run;

/** What the process tells its scheduler. The numbers are a contract: they are written here and never derived. */
public enum ExitCode {
    COMPLETED(0, "completed, was complete already, or nothing new to load", "go on"),
    FAILED(1, "failed; progress is kept", "run the same command again"),
    WRONG(2, "the command line or the definition is wrong; nothing was started", "a person corrects it"),
    REFUSED(
            3,
            "the data was refused: too many rejects, or VALIDATE failed; nothing was published",
            "a person looks at the data"),
    STOPPED(4, "stopped on request, by SIGTERM or at its time limit; progress is kept", "run the same command again"),
    WAITING(5, "waiting for approval", "a person approves"),
    RUNNING(6, "another process is running this job now", "nothing");

    private final int code;
    private final String outcome;
    private final String action;

    ExitCode(int code, String outcome, String action) {
        this.code = code;
        this.outcome = outcome;
        this.action = action;
    }

    public int code() {
        return code;
    }

    public String outcome() {
        return outcome;
    }

    /** What the scheduler should do. */
    public String action() {
        return action;
    }
}
