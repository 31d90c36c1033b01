package dev.etljar.process;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;

/**
 * Draws the conclusion from the end of each partition at once: the loads that are after its load may begin, or others begin no
 * further chunk. Thread-safe.
 */
final class PartitionEnds {

    private final Map<StepExecution, Partition> parts;
    private final LoadOrder order;
    private final Conclusion conclusion;
    private final Set<LoadTally> failed = new HashSet<>();

    PartitionEnds(Map<StepExecution, Partition> parts, LoadOrder order, Conclusion conclusion) {
        this.parts = parts;
        this.order = order;
        this.conclusion = conclusion;
    }

    synchronized void ended(StepExecution part, Partition partition) {
        if (part.getStatus() == BatchStatus.COMPLETED) {
            order.completed(partition);
            return;
        }
        LoadTally load = partition.tally();
        switch (conclusion.reach(part, failed.contains(load))) {
            case ITS_LOAD -> {
                failed.add(load);
                stop(partsOf(load));
            }
            case EVERYBODY -> stop(List.copyOf(parts.keySet()));
            case NOBODY -> {}
        }
    }

    private List<StepExecution> partsOf(LoadTally load) {
        return parts.entrySet().stream()
                .filter(part -> part.getValue().tally() == load)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void stop(List<StepExecution> those) {
        those.forEach(StepExecution::setTerminateOnly);
    }
}
