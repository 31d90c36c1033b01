package dev.etljar.rerun;

import dev.etljar.repository.RunViews;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Replay;
import dev.etljar.run.RunSummary;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether an execution is one that may be run again, by what the job repository knows of it and of other runs. */
record Eligible(RunViews views, long executionId) {

    /** Which executions are complete, in the words of summaries. */
    private static final Set<String> OVER = Set.of("COMPLETED", "NOTHING_NEW");

    /**
     * The last execution of the run of the execution that was named.
     *
     * @throws RerunRefusal where there is none, or none that is run again from a step
     */
    RunSummary last() {
        RunSummary named = views.execution(executionId)
                .orElseThrow(() -> RerunRefusal.wrong(
                        "There is no execution " + executionId + ". 'list' shows those that there are"));
        RunSummary last = views.last(named.instanceId()).orElse(named);
        if (Replay.in(named.parameters()).isPresent()) {
            throw RerunRefusal.wrong(
                    name(named) + " is a replay of rejects, which is not run again from a step. Take it back,"
                            + " 'rollback " + executionId + "', and replay them again with 'replay-rejects'");
        }
        if (last.status().equals("ABANDONED")) {
            throw RerunRefusal.wrong(name(last) + " was abandoned and cannot be run again");
        }
        RunSummary newest = views.last(named.job(), named.parameters()).orElse(last);
        if (newest.instanceId() != last.instanceId()) {
            throw RerunRefusal.wrong(
                    "A later run of job '" + named.job() + "' with the same parameters is there, execution "
                            + newest.executionId() + "; only the last one is run again. 'rollback " + executionId
                            + "' takes back what execution " + executionId + " published");
        }
        return last;
    }

    /**
     * What cannot be taken back since nobody knows of it any more would be there twice.
     *
     * @param remains what its target knows of the run
     */
    void requireKnown(RunSummary last, Remains remains) {
        boolean purged = OVER.contains(last.status())
                && last.phases().stream()
                        .noneMatch(phase -> phase.phase().isStep() && phase.status() == PhaseStatus.COMPLETED);
        if (purged) {
            throw RerunRefusal.wrong(
                    name(last) + " was purged: what it loaded could not be taken back, and would be" + " there twice");
        }
        if (last.publication() != null && !remains.hasPublication()) {
            throw RerunRefusal.wrong(name(last) + " has published, but its target knows nothing of that: it is another"
                    + " one than it was, or was put back to an earlier state. What it loaded could not be taken back");
        }
    }

    /** What a replay has loaded would be there twice, or go with what is replaced, once its run is loaded anew. */
    void requireNotReplayed(List<Long> replays) {
        for (long instance : replays) {
            Optional<RunSummary> replay =
                    views.last(instance).filter(made -> !made.status().equals("ABANDONED"));
            if (replay.isPresent()) {
                boolean complete = replay.get().status().equals("COMPLETED");
                throw RerunRefusal.wrong("Rejects of execution " + executionId + " were replayed by "
                        + name(replay.get()) + ", whose rows would be there twice, or be replaced. "
                        + (complete ? "Take it back first: 'rollback " : "Give it up first: 'abandon ")
                        + replay.get().executionId() + "'");
            }
        }
    }

    private static String name(RunSummary run) {
        return "execution " + run.executionId() + " of job '" + run.job() + "'";
    }
}
