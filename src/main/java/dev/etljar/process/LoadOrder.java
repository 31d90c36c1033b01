package dev.etljar.process;

import dev.etljar.run.DataRefusedException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which loads may begin: those of which all are complete that their definition names under {@code after}. A load is complete
 * when each of its partitions is, and it has no more rejects than it may have. What a replay has nothing of is complete.
 * Thread-safe.
 */
final class LoadOrder {

    private final Map<String, LoadTally> loads = new LinkedHashMap<>();
    private final Map<LoadTally, Integer> incomplete = new LinkedHashMap<>();

    /**
     * @param all the partitions of this run
     * @param toRun those that are not complete
     */
    LoadOrder(Collection<Partition> all, Collection<Partition> toRun) {
        all.forEach(partition -> loads.put(partition.load().definition().name(), partition.tally()));
        toRun.forEach(partition -> incomplete.merge(partition.tally(), 1, Integer::sum));
    }

    /** A partition that was to be run has been read to its end. */
    synchronized void completed(Partition partition) {
        incomplete.merge(partition.tally(), -1, Integer::sum);
    }

    /** Whether all that the load is after is complete. */
    boolean mayBegin(LoadTally load) {
        return waitsFor(load).isEmpty();
    }

    /** The names of the loads that this one is after and that are not complete. */
    synchronized List<String> waitsFor(LoadTally load) {
        List<String> after = load.load().definition().after();
        return after.isEmpty()
                ? after
                : after.stream().filter(name -> !isComplete(name)).toList();
    }

    private boolean isComplete(String name) {
        LoadTally load = loads.get(name);
        return load == null || (isRead(load) && !load.hasTooManyRejects(true));
    }

    private boolean isRead(LoadTally load) {
        return incomplete.getOrDefault(load, 0) == 0;
    }

    /** @throws DataRefusedException where a load that is read to its end has more rejects than it may have */
    synchronized void refuseTooManyRejects() {
        loads.values().stream().filter(this::isRead).forEach(load -> load.refuseTooManyRejects(true));
    }
}
