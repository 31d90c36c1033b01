package dev.etljar.selftest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must be there: in each table over all rounds, and of the round at hand its publications and rejects. */
final class Expected {

    private final Map<Mode, Map<Long, Sample.Row>> tables = new EnumMap<>(Mode.class);
    private final List<Published> published = new ArrayList<>();
    private final List<Long> rejectedLines = new ArrayList<>();
    private Mode mode = Mode.APPEND;
    private Map<Long, Sample.Row> before = Map.of();

    Expected() {
        for (Mode each : Mode.values()) {
            tables.put(each, new TreeMap<>());
        }
    }

    /** A publication row. */
    record Published(long rows, boolean takenBack) {}

    void beginRound(Mode ofRound) {
        mode = ofRound;
        published.clear();
        rejectedLines.clear();
    }

    /** The sample was published. */
    void loaded(Sample sample) {
        before = rows();
        Map<Long, Sample.Row> table = new TreeMap<>(mode.replaces() ? Map.of() : before);
        sample.rows().forEach(row -> table.put(row.id(), row));
        tables.put(mode, table);
        published.add(new Published(sample.rows().size(), false));
        rejectedLines.addAll(sample.bad().keySet());
    }

    /** What was published last was taken back. */
    void takenBack() {
        Published last = published.remove(published.size() - 1);
        published.add(new Published(last.rows(), true));
        tables.put(mode, before);
    }

    /** These of the rejects were loaded, and those rejected again. */
    void replayed(List<Sample.Row> loaded, List<Long> rejectedAgain) {
        Map<Long, Sample.Row> table = new TreeMap<>(rows());
        loaded.forEach(row -> table.put(row.id(), row));
        tables.put(mode, table);
        published.add(new Published(loaded.size(), false));
        rejectedLines.addAll(rejectedAgain);
    }

    /** The rows of the round's table, by their IDs. */
    Map<Long, Sample.Row> rows() {
        return tables.getOrDefault(mode, Map.of());
    }

    /** In their order. */
    List<Published> published() {
        return List.copyOf(published);
    }

    /** Of all published runs of the round. */
    List<Long> rejectedLines() {
        return List.copyOf(rejectedLines);
    }
}
