package dev.etljar.doctor;

import dev.etljar.run.Approval;
import dev.etljar.run.Approval.State;
import dev.etljar.run.Approvals;
import java.util.ArrayList;
import java.util.List;

/** Runs that wait for an approval which came too late. */
record ApprovalCheck(Site repository, List<RunRows.Row> incomplete) implements Check {

    @Override
    public List<Finding> find() {
        Approvals approvals = new Approvals(repository.target());
        List<Finding> findings = new ArrayList<>();
        for (RunRows.Row row : incomplete) {
            approvals
                    .last(row.instance())
                    .filter(approval ->
                            approval.state() == State.EXPIRED && row.status().equals("STOPPED"))
                    .ifPresent(approval -> findings.add(finding(row, approval)));
        }
        return findings;
    }

    private Finding finding(RunRows.Row row, Approval approval) {
        return Finding.info(
                "Execution " + row.execution() + " of job '" + row.job() + "' waited for approval until "
                        + approval.expires() + ", and nobody gave it",
                repository.where(),
                "Begin anew, which asks again: --job.restart=" + row.execution() + " --start-over");
    }
}
