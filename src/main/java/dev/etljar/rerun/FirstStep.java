package dev.etljar.rerun;

import dev.etljar.repository.PastRun;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The step that a run is run again from, by what is left of it.
 *
 * @param published whether its publication stands
 */
record FirstStep(RerunRequest request, PastRun run, boolean published) {

    private static final List<Phase> STEPS = List.copyOf(EnumSet.range(Phase.DOWNLOAD, Phase.FINALIZE));

    /**
     * The last step, up to the one that was asked for, whose predecessors' work is still there. Extracting and loading once more
     * makes the same of the same input; the input itself may be another one by now, so that it is never fetched unasked.
     */
    Phase find(List<PhaseSummary> phases, List<String> notes) throws IOException {
        requireReached(done(phases));
        Phase from = request.from();
        Optional<String> obstacle = run.obstacle(from, published);
        while (obstacle.isPresent()) {
            Phase before = STEPS.get(STEPS.indexOf(from) - 1);
            if (before == Phase.DOWNLOAD) {
                throw RerunRefusal.wrong(obstacle.get() + ". Execution " + request.executionId()
                        + " can only be run again with the input" + " as it is now: 'rerun " + request.executionId()
                        + " --from=DOWNLOAD'");
            }
            notes.add(obstacle.get() + ", so that " + before + " runs again, too");
            from = before;
            obstacle = run.obstacle(from, published);
        }
        return from;
    }

    private static Set<Phase> done(List<PhaseSummary> phases) {
        return phases.stream()
                .filter(phase -> phase.status() == PhaseStatus.COMPLETED)
                .map(PhaseSummary::phase)
                .collect(Collectors.toSet());
    }

    private void requireReached(Set<Phase> done) {
        for (Phase before : EnumSet.range(Phase.DOWNLOAD, request.from())) {
            if (before != request.from() && !done.contains(before)) {
                throw RerunRefusal.wrong("Execution " + request.executionId() + " has not completed " + before
                        + ", so that it cannot be run again from " + request.from() + ". The last step that it can is "
                        + before + ": 'rerun " + request.executionId() + " --from=" + before + "'");
            }
        }
    }
}
