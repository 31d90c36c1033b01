package dev.etljar.job;

import dev.etljar.process.ProcessStep;
import dev.etljar.run.Phase;
import java.util.Optional;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * What a run's context says of it having been set back to one of its steps; each later execution of the run has it too.
 *
 * @param of the execution that was the run's last one
 * @param asked the step that was asked for
 * @param from the step that it was set back to, which is that one, or an earlier one that it needs
 * @param pending whether what the steps from there on had made is still to be removed
 */
public record SetBackNote(long of, Phase asked, Phase from, boolean pending) {

    // Pinned: stored with executions that a later version continues.
    private static final String OF = "setback.of";
    private static final String ASKED = "setback.asked";
    private static final String FROM = "setback.from";
    private static final String PENDING = "setback.pending";

    public SetBackNote {
        if (!from.isStep() || from.compareTo(asked) > 0) {
            throw new IllegalArgumentException("not a step to set back to, for " + asked + ": " + from);
        }
    }

    /** The note of what was set back last, if anything was. */
    public static Optional<SetBackNote> in(ExecutionContext jobContext) {
        return isOn(jobContext)
                ? Optional.of(new SetBackNote(
                        jobContext.getLong(OF),
                        Phase.valueOf(jobContext.getString(ASKED)),
                        Phase.valueOf(jobContext.getString(FROM)),
                        jobContext.containsKey(PENDING)))
                : Optional.empty();
    }

    static boolean isOn(ExecutionContext jobContext) {
        return jobContext.containsKey(OF);
    }

    /** The context with which the run goes on: without what the steps from there on have left in it, and with this note. */
    public ExecutionContext appliedTo(ExecutionContext last) {
        ExecutionContext jobContext = new ExecutionContext(last);
        HandOvers.forget(jobContext, from);
        if (from.compareTo(Phase.PROCESS) <= 0) {
            ProcessStep.forget(jobContext);
        }
        jobContext.putLong(OF, of);
        jobContext.putString(ASKED, asked.name());
        jobContext.putString(FROM, from.name());
        jobContext.putString(PENDING, "yes");
        return jobContext;
    }

    /** The context once nothing is left to be removed. */
    public static ExecutionContext withoutPending(ExecutionContext last) {
        ExecutionContext jobContext = new ExecutionContext(last);
        jobContext.remove(PENDING);
        return jobContext;
    }
}
