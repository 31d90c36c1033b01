package dev.etljar.doctor;

import dev.etljar.database.TableName;
import dev.etljar.finalize.FinalizeDefinition.Mode;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.JobDefinition;
import dev.etljar.process.LoadDefinition;
import dev.etljar.run.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a job's tables are such that it can load into them, and the user may. */
record TablesCheck(String job, JobDefinition definition, Site site) implements Check {

    @Override
    public List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        for (Problem problem : JobAssembler.tables(definition, site.target())) {
            findings.add(Finding.error(
                    problem.message(),
                    Jobs.file(job) + ", " + site.where(),
                    "Correct the table or the definition; until then the job is not started"));
        }
        definition.process().loads().forEach(load -> lacking(load).ifPresent(findings::add));
        return findings;
    }

    private Optional<Finding> lacking(LoadDefinition load) {
        TableName table = TableName.of(load.table());
        boolean there = site.tables().exists(table);
        if (!there && table.schema() == null) {
            // Where staging tables are made, this one can be, too.
            return Optional.empty();
        }
        List<String> lacking = there
                ? site.rules()
                        .lackingOn(table, needed(definition.finalization().publish()), site.database(), site.jdbc())
                : site.rules().lackingIn(table.schema(), site.database(), site.jdbc());
        String of = there ? "table '" + table + "'" : "schema '" + table.schema() + "'";
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.error(
                        "The user lacks privileges on " + of + ", which load '" + load.name() + "' publishes into: "
                                + String.join(", ", lacking),
                        Jobs.file(job) + ", " + site.where(),
                        "Have the owner grant them to the user"));
    }

    /** To select is to make a staging table with the table's columns. */
    private static List<String> needed(Mode mode) {
        List<String> needed = new ArrayList<>(List.of("select", "insert"));
        if (mode.replaces()) {
            needed.add("delete");
        } else if (mode == Mode.UPSERT) {
            needed.add("update");
        }
        return needed;
    }
}
