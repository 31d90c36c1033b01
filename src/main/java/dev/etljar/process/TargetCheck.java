package dev.etljar.process;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Tables.ExistingColumn;
import java.util.List;

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
        for (ColumnDefinition column : load.columns()) {
            if (existing.stream().noneMatch(there -> database.sameColumn(column.name(), there.name()))) {
                problems.add("Load '" + load.name() + "': table '" + target + "' has no column '" + column.name()
                        + "'; it has "
                        + String.join(
                                ", ",
                                existing.stream().map(ExistingColumn::name).toList()));
            }
        }
        for (ExistingColumn column : existing) {
            boolean loaded =
                    load.columns().stream().anyMatch(defined -> database.sameColumn(defined.name(), column.name()));
            if (column.notNull() && !column.generated() && !loaded) {
                problems.add("Load '" + load.name() + "': column '" + column.name() + "' of table '" + target
                        + "' takes no null and has no default, but the load does not fill it");
            }
        }
    }
}
