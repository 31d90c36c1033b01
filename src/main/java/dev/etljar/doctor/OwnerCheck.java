package dev.etljar.doctor;

import dev.etljar.lease.Leases;
import dev.etljar.lease.Owner;
import java.util.List;

/** Executions that no process runs any more, and that say they are running. */
record OwnerCheck(Site repository, List<RunRows.Row> incomplete, Leases leases) implements Check {

    @Override
    public List<Finding> find() {
        return incomplete.stream()
                .filter(RunRows.Row::isUnfinished)
                .filter(row -> leases.holder(row.job()).isEmpty())
                .filter(this::isStillThere)
                .map(this::finding)
                .toList();
    }

    /** A run that has ended since they were looked up has given its lease up after it said so. */
    private boolean isStillThere(RunRows.Row row) {
        return new RunRows(repository).incomplete().contains(row);
    }

    private Finding finding(RunRows.Row row) {
        String owner = leases.owner(row.job()).map(Owner::describe).orElse("not known");
        return Finding.warning(
                "Execution " + row.execution() + " of job '" + row.job() + "' was left " + row.status()
                        + " by a process that is gone: " + owner,
                repository.where(),
                "Run it again, it goes on at its last checkpoint: --job.restart=" + row.execution());
    }
}
