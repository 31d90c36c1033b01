package dev.etljar.job;

import dev.etljar.definition.Findings;
import dev.etljar.definition.Words;
import dev.etljar.process.LoadDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the loads can be brought into the order that {@code after} asks for: each name is another load's, and none waits for itself. */
final class AfterCheck {

    private final List<LoadDefinition> loads;
    private final Findings findings;
    private final Map<String, Integer> indexes = new HashMap<>();

    AfterCheck(List<LoadDefinition> loads, Findings findings) {
        this.loads = loads;
        this.findings = findings;
        for (int i = 0; i < loads.size(); i++) {
            indexes.putIfAbsent(loads.get(i).name(), i);
        }
    }

    void check() {
        List<Set<Integer>> after = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            after.add(named(i));
        }
        new Circles(after).all().forEach(this::tell);
    }

    /** The loads that this one is after; notes the names that are wrong. */
    private Set<Integer> named(int load) {
        List<String> names = loads.get(load).after();
        Set<Integer> named = new LinkedHashSet<>();
        for (int i = 0; i < names.size(); i++) {
            @Nullable Integer other = indexes.get(names.get(i));
            Optional<String> problem = problem(load, names.get(i), other, named);
            if (problem.isPresent()) {
                findings.add(path(load, i), problem.get());
            } else if (other != null) {
                named.add(other);
            }
        }
        return named;
    }

    private Optional<String> problem(int load, String name, @Nullable Integer other, Set<Integer> named) {
        if (other == null) {
            List<String> right = loads.stream().map(LoadDefinition::name).toList();
            return Optional.of("there is no load " + Words.quoted(name) + " to be after"
                    + Words.suggestion(name, right, "the loads are"));
        }
        if (other == load) {
            return Optional.of("load " + Words.quoted(name) + " cannot be after itself");
        }
        return named.contains(other) ? Optional.of("load " + Words.quoted(name) + " is there twice") : Optional.empty();
    }

    private void tell(List<Integer> circle) {
        StringBuilder text = new StringBuilder("the loads wait for each other: ");
        circle.forEach(load -> text.append(name(load)).append(" is after "));
        text.append(name(circle.get(0)));
        LoadDefinition first = loads.get(circle.get(0));
        int place = first.after().indexOf(loads.get(circle.get(1)).name());
        findings.add(path(circle.get(0), place), text.toString());
    }

    private String name(int load) {
        return Words.quoted(loads.get(load).name());
    }

    private static String path(int load, int place) {
        return Findings.item(DefinitionCheck.loadPath(load) + ".after", place);
    }
}
