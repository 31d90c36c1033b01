package dev.etljar.job;

import dev.etljar.definition.Findings;
import dev.etljar.definition.Words;
import dev.etljar.finalize.FinalizeDefinition;
import dev.etljar.finalize.FinalizeDefinition.Mode;
import dev.etljar.process.LoadDefinition;
import dev.etljar.row.ColumnDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether upsert can find its rows: every load has a key, of columns that it has and that are never null. */
final class KeyCheck {

    private final List<LoadDefinition> loads;
    private final FinalizeDefinition finalization;
    private final Findings findings;

    KeyCheck(List<LoadDefinition> loads, FinalizeDefinition finalization, Findings findings) {
        this.loads = loads;
        this.finalization = finalization;
        this.findings = findings;
    }

    void check() {
        checkList("finalize.key", finalization.key());
        for (int i = 0; i < loads.size(); i++) {
            String path = DefinitionCheck.loadPath(i) + ".key";
            checkList(path, loads.get(i).key());
            if (finalization.publish() == Mode.UPSERT) {
                checkLoad(loads.get(i), path);
            }
        }
    }

    private void checkList(String path, List<String> key) {
        if (finalization.publish() != Mode.UPSERT && !key.isEmpty()) {
            findings.add(path, "'key' is only for 'publish: upsert'");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < key.size(); i++) {
            if (!seen.add(key.get(i))) {
                findings.add(Findings.item(path, i), "column " + Words.quoted(key.get(i)) + " is there twice");
            }
        }
    }

    private void checkLoad(LoadDefinition load, String ownPath) {
        boolean own = !load.key().isEmpty();
        List<String> key = own ? load.key() : finalization.key();
        if (key.isEmpty()) {
            findings.add(
                    "finalize.publish",
                    "'upsert' finds rows by 'key', and load " + Words.quoted(load.name())
                            + " has none: give one to the load or to 'finalize'");
        }
        for (int i = 0; i < key.size() && !load.columns().isEmpty(); i++) {
            checkColumn(load, key.get(i), Findings.item(own ? ownPath : "finalize.key", i));
        }
    }

    private void checkColumn(LoadDefinition load, String name, String path) {
        Optional<ColumnDefinition> column = load.columns().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        if (column.isEmpty()) {
            List<String> names =
                    load.columns().stream().map(ColumnDefinition::name).toList();
            findings.add(
                    path,
                    "load " + Words.quoted(load.name()) + " has no column " + Words.quoted(name)
                            + Words.suggestion(name, names, "its columns are"));
        } else if (!column.get().required()) {
            findings.add(
                    path,
                    "column " + Words.quoted(name) + " of load " + Words.quoted(load.name())
                            + " must be 'required: true' to be in a key: null finds no row");
        }
    }
}
