package dev.etljar.process;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Tables.ExistingColumn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a load's definition against the target table that is there. */
final class TargetCheck {

    private TargetCheck() {}

    static void problems(
            LoadDefinition load, TableName target, Tables tables, Database database, List<String> problems) {
        List<ExistingColumn> existing = tables.columns(target);
        if (existing.isEmpty()) {
            if (!load.create()) {
                problems.add("Load '" + load.name() + "': there is no table '" + target
                        + "'. Create it, or let the load do it with 'create: true'");
            }
            return;
        }
        if (load.columns().isEmpty()) {
            return;
        }
        Set<String> loaded = load.columns().stream()
                .map(column -> database.fold(column.name()))
                .collect(Collectors.toSet());
        Set<String> there = existing.stream().map(ExistingColumn::name).collect(Collectors.toSet());
        for (ColumnDefinition column : load.columns()) {
            if (!there.contains(database.fold(column.name()))) {
                problems.add("Load '" + load.name() + "': table '" + target + "' has no column '" + column.name()
                        + "'; it has "
                        + String.join(
                                ", ",
                                existing.stream().map(ExistingColumn::name).toList()));
            }
        }
        for (ExistingColumn column : existing) {
            if (column.notNull() && !column.generated() && !loaded.contains(column.name())) {
                problems.add("Load '" + load.name() + "': column '" + column.name() + "' of table '" + target
                        + "' takes no null and has no default, but the load does not fill it");
            }
        }
    }
}
