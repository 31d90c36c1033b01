package dev.etljar.operate;

import dev.etljar.database.Target;
import dev.etljar.lease.Lease;
import dev.etljar.lease.Leases;
import dev.etljar.lease.Owner;
import dev.etljar.repository.Abandonment;
import dev.etljar.run.ExitCode;
import java.io.IOException;
import java.util.Optional;

/** Gives a run up for good, under its job's lease: it is never restarted, nothing that it staged is left, and the next start begins a new one. */
public final class Abandoning {

    private final Leases leases;
    private final Abandonment abandonment;
    private final ExecutionRows rows;

    Abandoning(Target repository, Leases leases, Abandonment abandonment) {
        this.leases = leases;
        this.abandonment = abandonment;
        this.rows = new ExecutionRows(repository);
    }

    /**
     * Gives up the run that this execution belongs to. Of one that is given up already it removes what a kill had left.
     *
     * @throws dev.etljar.definition.DefinitionException where the job's definition, which names the target, cannot be read
     */
    public OperatorAnswer abandon(long executionId) throws IOException {
        Optional<ExecutionRow> named = rows.find(executionId);
        if (named.isEmpty()) {
            return OperatorAnswer.wrong("There is no execution " + executionId + ". 'list' shows those that there are");
        }
        ExecutionRow last = rows.newestOfRun(named.get());
        if (last.isComplete()) {
            return complete(last);
        }
        Optional<Owner> holder = leases.holder(last.job());
        if (holder.isPresent()) {
            return held(last, holder);
        }
        rows.prepareToWrite();
        Optional<Lease> taken = leases.take(last.job(), () -> {});
        if (taken.isEmpty()) {
            return held(last, leases.owner(last.job()));
        }
        try (Lease lease = taken.get()) {
            return underLease(rows.newestOfRun(last), lease);
        }
    }

    private OperatorAnswer underLease(ExecutionRow last, Lease lease) throws IOException {
        if (last.isComplete()) {
            return complete(last);
        }
        boolean published = abandonment.abandon(last.id(), lease);
        if (last.isAbandoned()) {
            return already(last);
        }
        return OperatorAnswer.of(
                ExitCode.COMPLETED,
                rows.newestOfRun(last),
                "Abandoned: " + last + " is never restarted, and nothing that it staged is left"
                        + (published ? "; what it had published stays" : "") + ". The next start begins a new run");
    }

    private static OperatorAnswer complete(ExecutionRow last) {
        return OperatorAnswer.of(
                ExitCode.WRONG, last, "The run is complete, by " + last + "; there is nothing to abandon");
    }

    private static OperatorAnswer already(ExecutionRow last) {
        return OperatorAnswer.of(ExitCode.COMPLETED, last, "Nothing was done: " + last + " was abandoned before");
    }

    private static OperatorAnswer held(ExecutionRow last, Optional<Owner> owner) {
        return last.isAbandoned()
                ? already(last)
                : OperatorAnswer.of(
                        ExitCode.RUNNING,
                        last,
                        "Job '" + last.job() + "' is running: "
                                + owner.map(Owner::describe).orElse("by a process that is not known")
                                + ". Nothing was abandoned; 'stop " + last.id() + "' stops it");
    }
}
