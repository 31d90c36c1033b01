package dev.etljar.process;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.batch.core.step.StepExecution;

/** The loads that did not begin since what they are after is not complete, as the step keeps it for the run's message. */
final class NotBegun {

    /** Pinned: in the step's context. */
    private static final String KEY = "process.notBegun";

    /** In loads; nobody reads more of them in a message. */
    private static final int SHOWN = 10;

    private NotBegun() {}

    /** A restart has the context of the attempt before. */
    static void forget(StepExecution step) {
        step.getExecutionContext().remove(KEY);
    }

    /** @param left the partitions that were not given their turn */
    static void note(StepExecution step, List<Partition> left, LoadOrder order) {
        Set<LoadTally> loads = left.stream().map(Partition::tally).collect(Collectors.toCollection(LinkedHashSet::new));
        if (!loads.isEmpty()) {
            step.getExecutionContext().putString(KEY, text(loads, order));
        }
    }

    static Optional<String> of(StepExecution step) {
        return step.getExecutionContext().containsKey(KEY)
                ? Optional.of(step.getExecutionContext().getString(KEY))
                : Optional.empty();
    }

    private static String text(Collection<LoadTally> loads, LoadOrder order) {
        return loads.stream()
                        .limit(SHOWN)
                        .map(load -> "Load '" + load.load() + "' did not begin, since it is after "
                                + order.waitsFor(load).stream()
                                        .map(name -> "'" + name + "'")
                                        .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining(". "))
                + (loads.size() > SHOWN ? ". Nor did " + (loads.size() - SHOWN) + " more" : "");
    }
}
