package dev.etljar.operate;

import dev.etljar.database.Target;
import dev.etljar.finalize.TakeBack;
import dev.etljar.run.Publications;
import dev.etljar.run.PublishedLoad;
import dev.etljar.run.RunId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which loads are taken back, newest first. A run is taken back with all of its loads. What replaced or overwrote rows of its
 * tables after it keeps an image in which its rows stand: it cannot stay, since taken back later it would bring them back.
 * What was appended after it can, but for the replays of its rejects: they belong to it, and loaded again it has them again.
 */
record RollbackPlan(List<PublishedLoad> loads) {

    RollbackPlan {
        loads = List.copyOf(loads);
    }

    /** What has to be taken back for the run's loads to go. */
    static RollbackPlan of(RunId run, Publications publications) {
        Set<RunId> runs = new LinkedHashSet<>(Set.of(run));
        Deque<RunId> open = new ArrayDeque<>(runs);
        List<PublishedLoad> loads = new ArrayList<>();
        while (!open.isEmpty()) {
            RunId next = open.remove();
            replays(next, publications).stream().filter(runs::add).forEach(open::add);
            for (PublishedLoad load : publications.loads(next)) {
                loads.add(load);
                publications.after(load).stream()
                        .filter(PublishedLoad::buriesEarlier)
                        .map(PublishedLoad::run)
                        .filter(runs::add)
                        .forEach(open::add);
            }
        }
        loads.removeIf(PublishedLoad::wasTakenBack);
        loads.sort(Comparator.comparingLong(PublishedLoad::id).reversed());
        return new RollbackPlan(loads);
    }

    /** The replays of the run's rejects. */
    static List<RunId> replays(RunId run, Publications publications) {
        return publications.replaysOf(run).stream()
                .map(replay -> new RunId(run.repository(), replay))
                .toList();
    }

    /** The runs whose loads these are, newest first. */
    List<RunId> runs() {
        return loads.stream().map(PublishedLoad::run).distinct().toList();
    }

    /** The jobs whose runs these are, in the order in which everybody takes their leases. */
    List<String> jobs() {
        return loads.stream().map(PublishedLoad::job).distinct().sorted().toList();
    }

    /** Why it cannot be carried out, if it cannot. */
    List<String> obstacles(Target target) {
        TakeBack takeBack = new TakeBack(target);
        return loads.stream()
                .flatMap(load -> takeBack.obstacle(load).stream())
                .distinct()
                .toList();
    }
}
