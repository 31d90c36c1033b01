package dev.etljar.job;

import dev.etljar.definition.Findings;
import dev.etljar.definition.Words;
import dev.etljar.process.LoadDefinition;
import dev.etljar.run.Glob;
import dev.etljar.validate.RuleDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold within and between the parts of a definition, each of which could be built by itself. */
final class DefinitionCheck {

    private final JobDefinition definition;
    private final Findings findings;

    DefinitionCheck(JobDefinition definition, Findings findings) {
        this.definition = definition;
        this.findings = findings;
    }

    /** Notes everything that does not hold. */
    void check() {
        List<LoadDefinition> loads = definition.process().loads();
        checkGlobs();
        checkNames(loads);
        for (int i = 0; i < loads.size(); i++) {
            new LoadCheck(loads.get(i), loadPath(i), findings).check();
        }
        new AfterCheck(loads, findings).check();
        List<RuleDefinition> rules = definition.validate();
        for (int i = 0; i < rules.size(); i++) {
            new RuleCheck(loads, rules.get(i), Findings.item("validate", i), findings).check();
        }
        new KeyCheck(loads, definition.finalization(), findings).check();
        checkArchive(definition.finalization().archive());
    }

    static String loadPath(int index) {
        return Findings.item("process.loads", index);
    }

    private void checkGlobs() {
        List<String> include = definition.extract().include();
        for (int i = 0; i < include.size(); i++) {
            checkGlob(Findings.item("extract.include", i), include.get(i));
        }
        List<LoadDefinition> loads = definition.process().loads();
        for (int i = 0; i < loads.size(); i++) {
            checkGlob(loadPath(i) + ".files", loads.get(i).files());
        }
    }

    private void checkGlob(String path, String glob) {
        if (glob.isBlank()) {
            findings.add(path, "the pattern of file names is empty; ** takes all files");
            return;
        }
        try {
            Glob.of(glob);
        } catch (IllegalArgumentException e) {
            findings.add(path, Words.quoted(glob) + " is no pattern of file names");
        }
    }

    private void checkNames(List<LoadDefinition> loads) {
        Map<String, String> loadOfTable = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < loads.size(); i++) {
            LoadDefinition load = loads.get(i);
            @Nullable String other = loadOfTable.putIfAbsent(folded(load.table()), load.name());
            boolean known = !load.name().isBlank() && !names.add(folded(load.name()));
            if (other != null) {
                findings.add(
                        loadPath(i) + ".table",
                        "table " + Words.quoted(load.table()) + " is filled by load " + Words.quoted(other)
                                + " already; a table takes one load, whose 'files' may match many files");
            } else if (known) {
                findings.add(loadPath(i) + ".name", "there is a load " + Words.quoted(load.name()) + " already");
            }
        }
    }

    private void checkArchive(@Nullable String archive) {
        if (archive != null && archive.isBlank()) {
            findings.add("finalize.archive", "'archive' is empty; leave the key out to keep the input where it is");
        }
    }

    /** Databases fold the case of names, each in its own way: names that differ in it alone are the same. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
