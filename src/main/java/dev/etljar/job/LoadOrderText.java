package dev.etljar.job;

import dev.etljar.definition.Words;
import dev.etljar.process.LoadDefinition;
import dev.etljar.process.ProcessDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** In which order the loads begin, for a person. */
final class LoadOrderText {

    private LoadOrderText() {}

    /** Nothing where no load is after another. */
    static List<String> of(ProcessDefinition process) {
        if (process.loads().stream().allMatch(load -> load.after().isEmpty())) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("order: " + String.join(" -> ", stages(process.loads())) + ", at most " + process.parallelism()
                + " files or ranges side by side");
        for (LoadDefinition load : process.loads()) {
            if (!load.after().isEmpty()) {
                lines.add("  " + load.name() + " begins when " + Words.listed(load.after())
                        + (load.after().size() == 1 ? " is" : " are") + " complete");
            }
        }
        return lines;
    }

    /** The loads that are after none, those that are after these alone, and so on. */
    private static List<String> stages(List<LoadDefinition> loads) {
        Set<String> placed = new HashSet<>();
        List<LoadDefinition> open = new ArrayList<>(loads);
        List<String> stages = new ArrayList<>();
        while (!open.isEmpty()) {
            List<LoadDefinition> next = open.stream()
                    .filter(load -> placed.containsAll(load.after()))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalArgumentException("the loads wait for each other");
            }
            List<String> names = next.stream().map(LoadDefinition::name).toList();
            stages.add(Words.listed(names));
            placed.addAll(names);
            open.removeIf(load -> placed.contains(load.name()));
        }
        return stages;
    }
}
