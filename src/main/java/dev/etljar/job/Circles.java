package dev.etljar.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what waits for itself. Goes each way once, and without recursion: a file may hold a chain of any length. */
final class Circles {

    private final List<? extends Iterable<Integer>> after;
    private final Set<Integer> done = new HashSet<>();
    private final Set<Integer> path = new LinkedHashSet<>();
    private final List<List<Integer>> found = new ArrayList<>();

    /** @param after of each, by its index, the indexes of those that it is after */
    Circles(List<? extends Iterable<Integer>> after) {
        this.after = after;
    }

    /** Of each circle its members, each of which is after the next one, and the last after the first. */
    List<List<Integer>> all() {
        for (int start = 0; start < after.size(); start++) {
            if (!done.contains(start)) {
                walk(start);
            }
        }
        return found;
    }

    private void walk(int start) {
        List<Integer> open = new ArrayList<>();
        List<Iterator<Integer>> ways = new ArrayList<>();
        enter(start, open, ways);
        while (!open.isEmpty()) {
            int last = open.size() - 1;
            if (!ways.get(last).hasNext()) {
                ways.remove(last);
                int left = open.remove(last);
                path.remove(left);
                done.add(left);
                continue;
            }
            int next = ways.get(last).next();
            if (path.contains(next)) {
                found.add(List.copyOf(open.subList(open.indexOf(next), open.size())));
            } else if (!done.contains(next)) {
                enter(next, open, ways);
            }
        }
    }

    private void enter(int load, List<Integer> open, List<Iterator<Integer>> ways) {
        open.add(load);
        path.add(load);
        ways.add(after.get(load).iterator());
    }
}
