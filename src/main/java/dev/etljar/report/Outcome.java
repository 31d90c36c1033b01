package dev.etljar.report;

import dev.etljar.run.Approval;
import dev.etljar.run.Approval.State;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.RunSummary;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands, for a person.
 *
 * @param word COMPLETED, TAKEN BACK, SET BACK, RUNNING, LEFT RUNNING, STOPPED, WAITING, APPROVED, REJECTED, EXPIRED, REFUSED, FAILED, or
 *     the status of the job repository where it is none of them
 * @param next what to do, in a sentence; empty where there is nothing to do
 */
record Outcome(String word, String next) {

    private static final String AGAIN = "progress is kept. Run the same command again.";

    static Outcome of(RunSummary summary) {
        return switch (summary.status()) {
            case "COMPLETED", "ABANDONED" ->
                isTakenBack(summary)
                        ? new Outcome("TAKEN BACK", "A new start of the job loads the input again.")
                        : new Outcome(summary.status(), "");
            case "STARTING", "STARTED" -> summary.isLeft() ? left(summary) : new Outcome("RUNNING", "");
            case "STOPPING" -> summary.isLeft() ? left(summary) : new Outcome("STOPPING", "");
            case "STOPPED" -> new Outcome("STOPPED", published(summary) + AGAIN);
            case "WAITING" -> waiting(summary);
            case "FAILED" ->
                isRefused(summary)
                        ? new Outcome("REFUSED", "Nothing was published. A person must look at the data.")
                        : new Outcome("FAILED", published(summary) + AGAIN);
            case "SET_BACK" -> new Outcome("SET BACK", "Run the job again: it goes on from there.");
            case "UNKNOWN" -> new Outcome("UNKNOWN", "Run the same command again: it finds out and goes on.");
            default -> new Outcome(summary.status(), "");
        };
    }

    /** Why it ended as it did; of what was waited for, as long as it is. */
    static @Nullable String why(RunSummary summary) {
        return summary.status().equals("WAITING") && state(summary) != State.WAITING ? null : summary.message();
    }

    private static State state(RunSummary summary) {
        return summary.approval() == null ? State.WAITING : summary.approval().state();
    }

    private static Outcome waiting(RunSummary summary) {
        Approval approval = summary.approval();
        if (approval == null || approval.state() == State.WAITING) {
            return new Outcome("WAITING", published(summary) + "it waits for approval.");
        }
        String told = Character.toUpperCase(approval.told().charAt(0))
                + approval.told().substring(1);
        return new Outcome(
                approval.state().name(),
                told.replaceFirst("\\.$", "") + ". "
                        + (approval.state() == State.APPROVED
                                ? "The next start of the job goes on."
                                : "The next start of the job ends as refused; --start-over begins anew."));
    }

    private static Outcome left(RunSummary summary) {
        String name = summary.process() == null ? null : summary.process().name();
        return new Outcome(
                "LEFT RUNNING",
                "Its process" + (name == null ? "" : ", " + name + ",")
                        + " is gone. Run the same command again: it goes on at the last checkpoint.");
    }

    /** The phase that the run is in, or ended in; empty for a run that has them all behind it. */
    static Optional<PhaseSummary> openPhase(RunSummary summary) {
        return summary.phases().stream()
                .filter(phase -> phase.status() != PhaseStatus.PENDING && phase.status() != PhaseStatus.COMPLETED)
                .reduce((earlier, later) -> later);
    }

    private static boolean isTakenBack(RunSummary summary) {
        return summary.publication() != null && summary.publication().wasTakenBack();
    }

    private static boolean isRefused(RunSummary summary) {
        return openPhase(summary)
                .filter(phase -> phase.status() == PhaseStatus.REFUSED)
                .isPresent();
    }

    private static String published(RunSummary summary) {
        return summary.publication() == null ? "Nothing was published; " : "The data is published; ";
    }
}
