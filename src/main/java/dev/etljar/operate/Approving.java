package dev.etljar.operate;

import dev.etljar.database.Target;
import dev.etljar.run.Approval;
import dev.etljar.run.Approval.State;
import dev.etljar.run.Approvals;
import dev.etljar.run.ExitCode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the decision that a run waits for. The run itself is not touched: its next start finds the decision. */
public final class Approving {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NOTE = 2_000;

    private final ExecutionRows rows;
    private final Approvals approvals;

    Approving(Target repository) {
        this.rows = new ExecutionRows(repository);
        this.approvals = new Approvals(repository);
    }

    /** Lets the step begin that the run of this execution waits before. */
    public OperatorAnswer approve(long executionId, String by, @Nullable String note) throws IOException {
        return decide(executionId, State.APPROVED, by, note);
    }

    /** Refuses what the run of this execution has made. */
    public OperatorAnswer reject(long executionId, String by, String note) throws IOException {
        return note.isBlank()
                ? OperatorAnswer.wrong("A rejection says why: --comment=…")
                : decide(executionId, State.REJECTED, by, note);
    }

    private OperatorAnswer decide(long executionId, State decision, String by, @Nullable String note)
            throws IOException {
        if (by.isBlank() || by.length() > LONGEST_NAME || (note != null && note.length() > LONGEST_NOTE)) {
            return OperatorAnswer.wrong(
                    "--by takes 1 to " + LONGEST_NAME + " characters, --comment up to " + LONGEST_NOTE);
        }
        Optional<ExecutionRow> named = rows.find(executionId);
        if (named.isEmpty()) {
            return OperatorAnswer.wrong("There is no execution " + executionId + ". 'list' shows those that there are");
        }
        ExecutionRow last = rows.newestOfRun(named.get());
        Optional<Approval> asked = approvals.last(last.instance());
        if (asked.isEmpty() || last.isComplete() || last.isAbandoned()) {
            return OperatorAnswer.of(
                    ExitCode.WRONG, last, "Nothing waits for approval: " + last + " is " + last.status());
        }
        rows.prepareToWrite();
        return approvals.decide(asked.get(), decision, by, note)
                ? answer(
                        ExitCode.COMPLETED,
                        last,
                        decision,
                        word(decision) + " by " + by + ": step " + asked.get().before() + " of " + last
                                + ". The next start " + (decision == State.APPROVED ? "goes on" : "ends as refused"))
                : decided(last, approvals.last(last.instance()).orElseThrow(), decision);
    }

    private static OperatorAnswer decided(ExecutionRow last, Approval approval, State wanted) {
        if (approval.state() == State.EXPIRED) {
            return answer(
                    ExitCode.WRONG,
                    last,
                    approval.state(),
                    "It is too late: " + last + " waited until " + approval.expires()
                            + ". Begin anew with --start-over, which asks again");
        }
        return answer(
                approval.state() == wanted ? ExitCode.COMPLETED : ExitCode.WRONG,
                last,
                approval.state(),
                "Nothing was done: " + last + " was " + approval.state().name().toLowerCase(Locale.ROOT) + " by "
                        + approval.by() + " before");
    }

    private static OperatorAnswer answer(ExitCode exitCode, ExecutionRow execution, State decided, String message) {
        return new OperatorAnswer(exitCode, execution.id(), decided.name(), message);
    }

    private static String word(State decision) {
        return decision == State.APPROVED ? "Approved" : "Rejected";
    }
}
