package dev.etljar.rerun;

import dev.etljar.job.JobAssembler;
import dev.etljar.repository.RunViews;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Publication;
import dev.etljar.run.Replay;
import dev.etljar.run.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an execution is one that may be run again, by what the job repository knows of it and of other runs. */
record Eligible(RunViews views, long executionId) {

    /** Which executions are complete, in the words of summaries. */
    private static final Set<String> OVER = Set.of("COMPLETED", JobAssembler.NOTHING_NEW);

    private static final String ABANDONED = "ABANDONED";

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
        if (last.status().equals(ABANDONED)) {
            throw RerunRefusal.wrong(name(last) + " was abandoned and cannot be run again");
        }
        requireNoneUnderWay(last);
        return last;
    }

    /** The next start of the job goes on with the run that is set back, and would forget of the other one. */
    private void requireNoneUnderWay(RunSummary last) {
        Optional<RunSummary> other = views.last(last.job(), last.parameters())
                .filter(newest -> newest.instanceId() != last.instanceId() && !isOver(newest));
        if (other.isPresent()) {
            throw RerunRefusal.wrong(
                    "Another run of job '" + last.job() + "' with the same parameters is not complete, "
                            + "execution " + other.get().executionId() + " ("
                            + other.get().status()
                            + "). Run the job until it is, or give it up: 'abandon "
                            + other.get().executionId() + "'");
        }
    }

    /**
     * What a later run has published would not be the last publication any more, so that its input would be loaded once more. One
     * that found nothing new, or was given up or taken back, has left nothing.
     */
    void requireLast(RunSummary last, Remains remains) {
        Optional<RunSummary> later = views.ofLaterRuns(last)
                .filter(run -> hasPublished(run) || remains.of(run.instanceId()).isPublished())
                .findFirst();
        if (later.isPresent()) {
            throw RerunRefusal.wrong("A later run of job '" + last.job()
                    + "' with the same parameters has published, execution "
                    + later.get().executionId() + "; only the last one that has is run again. 'rollback " + executionId
                    + "' takes back what execution " + executionId + " published");
        }
    }

    /** By what the job repository was told, which the target may know nothing of. */
    private static boolean hasPublished(RunSummary run) {
        @Nullable Publication noted = run.publication();
        return noted != null && !noted.wasTakenBack();
    }

    private static boolean isOver(RunSummary run) {
        return OVER.contains(run.status()) || run.status().equals(ABANDONED);
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

    /**
     * What a replay has loaded would be there twice, or go with what is replaced, once its run is loaded anew.
     *
     * @param replays their job instances
     * @return those that were refused: they have loaded nothing, and never will once the rejects are made anew
     */
    List<Long> refusedOf(List<Long> replays) {
        List<Long> refused = new ArrayList<>();
        for (long instance : replays) {
            Optional<RunSummary> replay =
                    views.last(instance).filter(made -> !made.status().equals(ABANDONED));
            if (replay.isPresent()) {
                requireRefused(replay.get());
                refused.add(replay.get().executionId());
            }
        }
        return refused;
    }

    private void requireRefused(RunSummary replay) {
        if (!replay.status().equals(JobAssembler.REFUSED)) {
            throw RerunRefusal.wrong("Rejects of execution " + executionId + " were replayed by " + name(replay)
                    + ", whose rows would be there twice, or be replaced. "
                    + (OVER.contains(replay.status())
                            ? "Take it back first: 'rollback "
                            : "Give it up first: 'abandon ")
                    + replay.executionId() + "'");
        }
    }

    private static String name(RunSummary run) {
        return "execution " + run.executionId() + " of job '" + run.job() + "'";
    }
}
