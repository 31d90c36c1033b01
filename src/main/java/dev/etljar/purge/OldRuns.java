package dev.etljar.purge;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which runs of a job go. Runs that belong together go together:
 *
 * <ol>
 *   <li>A run and all replays of its rejects, and those of their rejects, are one group: whether a record has been loaded is
 *       derived from the rows of all of them.
 *   <li>A group goes when each run of it is over and old enough, and none is needed or among the newest.
 *   <li>Of the run with the newest execution of each set of parameters its line stays: by it the same command is told that the
 *       run is complete already. Of a replay, which cannot be asked for again, none does.
 * </ol>
 */
record OldRuns(List<List<OldRun>> groups) {

    /**
     * Chooses.
     *
     * @param rows all runs of the job, oldest first
     * @param needed job instances that stay, whatever their age
     * @param keep how many of the newest stay
     */
    static OldRuns of(List<RunRow> rows, Set<Long> needed, int keep, LocalDateTime before) {
        Set<Long> staying = new HashSet<>(needed);
        rows.subList(Math.max(0, rows.size() - keep), rows.size()).forEach(row -> staying.add(row.instance()));
        Map<Map<String, String>, Long> newest = new HashMap<>();
        rows.stream()
                .sorted(Comparator.comparingLong(RunRow::execution))
                .forEach(row -> newest.put(row.parameters(), row.instance()));
        List<List<OldRun>> groups = new ArrayList<>();
        for (List<RunRow> group : together(rows)) {
            if (group.stream().allMatch(row -> row.isOver(before) && !staying.contains(row.instance()))) {
                List<OldRun> old = group.stream()
                        .map(row -> new OldRun(
                                row,
                                row.replayed().isEmpty()
                                        && Long.valueOf(row.instance()).equals(newest.get(row.parameters()))))
                        .filter(run -> run.row().whole() || !run.lineStays())
                        .toList();
                groups.add(old);
            }
        }
        groups.removeIf(List::isEmpty);
        return new OldRuns(groups);
    }

    /** The job instances that go. */
    Set<Long> instances() {
        Set<Long> instances = new HashSet<>();
        groups.forEach(group -> group.forEach(run -> instances.add(run.instance())));
        return instances;
    }

    private static Collection<List<RunRow>> together(List<RunRow> rows) {
        Map<Long, Long> roots = new HashMap<>();
        Map<Long, List<RunRow>> groups = new TreeMap<>();
        for (RunRow row : rows) {
            // A replay is younger than what it replays, so that is known already.
            Optional<Long> root = row.replayed().map(roots::get);
            roots.put(row.instance(), root.orElse(row.instance()));
            groups.computeIfAbsent(root.orElse(row.instance()), first -> new ArrayList<>())
                    .add(row);
        }
        return groups.values();
    }
}
