package dev.etljar.run;

import java.util.List;

/** What PROCESS hands to VALIDATE: every load of the job, in the definition's order. */
public record StagedTables(List<StagedTable> tables) implements HandOver {

    public StagedTables {
        tables = List.copyOf(tables);
    }
}
