package dev.etljar.rerun;

import dev.etljar.run.Problem;
import dev.etljar.run.RunOutcome;
import java.util.List;

/** Why nothing is run again. */
public final class RerunRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RunOutcome outcome;

    RerunRefusal(RunOutcome outcome) {
        super(outcome.message());
        this.outcome = outcome;
    }

    static RerunRefusal wrong(String message) {
        return new RerunRefusal(new RunOutcome.Wrong(List.of(Problem.wrong(message))));
    }

    public RunOutcome outcome() {
        return outcome;
    }
}
