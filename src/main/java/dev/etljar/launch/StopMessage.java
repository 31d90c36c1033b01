package dev.etljar.launch;

import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StopSignal;
import dev.etljar.run.TimeBox;
import dev.etljar.text.HumanFormat;
import java.util.Optional;

/** What is said of a run that stopped: on request, or at a limit, and how far it is then. */
record StopMessage(StopSignal stop, TimeBox timeBox) {

    private static final int STEPS = 5;

    String of(RunSummary summary) {
        Optional<String> limit = stop.isRequested() ? Optional.empty() : timeBox.reached();
        return limit.map(option -> "Stopped at its limit " + option + ": processed " + processed(summary)
                        + ", run again to continue.")
                .orElse("Stopped; the progress is kept, run again to go on.");
    }

    /** In PROCESS the records of this start and the bytes of all; before and after it the steps. */
    private String processed(RunSummary summary) {
        Progress progress = summary.progress();
        if (progress == null || progress.total() < 0 || summary.staged() != null) {
            long done = summary.phases().stream()
                    .filter(phase -> phase.phase().isStep() && phase.status() == PhaseStatus.COMPLETED)
                    .count();
            return done + " of " + STEPS + " steps";
        }
        return HumanFormat.count(timeBox.items(), "record") + " in this start, "
                + HumanFormat.bytes(progress.position(), progress.total()) + " in all";
    }
}
