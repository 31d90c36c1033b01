package dev.etljar.selftest;

/** What is started as a process of its own, and may be killed. */
enum Act {
    RUN("run"),
    STOP("stop"),
    APPROVE("approve"),
    REJECT("reject"),
    ROLLBACK("rollback"),
    RERUN("rerun"),
    REPLAY("replay-rejects");

    private final String command;

    Act(String command) {
        this.command = command;
    }

    /** As it stands on the command line. */
    String command() {
        return command;
    }

    /** Whether it runs a job, and so tells in {@code progress.json} which phase it is in. */
    boolean tellsPhases() {
        return this == RUN || this == RERUN || this == REPLAY;
    }
}
