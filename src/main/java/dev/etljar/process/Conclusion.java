package dev.etljar.process;

import dev.etljar.database.Target;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.StopSignal;
import dev.etljar.run.StoppedException;
import dev.etljar.run.TakenOverException;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;

/** What the ends of partitions mean for the others, and for the run. */
record Conclusion(Target target, StopSignal stop) {

    /** What the end of one partition keeps from beginning another chunk. */
    enum Reach {
        /** It is complete, or was refused, where the others go on so that a person sees all that is wrong. */
        NOBODY,
        /** A failure of this load, beside which the others go on. */
        ITS_LOAD,
        /** A stop, or a failure that is everybody's: of the database, of the memory, of the lease. */
        EVERYBODY
    }

    /** @param itsLoadFailed whether a failure of its load was concluded on before, which stops the load's partitions */
    Reach reach(StepExecution part, boolean itsLoadFailed) {
        if (part.getStatus() == BatchStatus.COMPLETED || refusal(part).isPresent()) {
            return Reach.NOBODY;
        }
        return ownFailure(part)
                .map(failure -> isEverybodys(failure) ? Reach.EVERYBODY : Reach.ITS_LOAD)
                .orElse(itsLoadFailed ? Reach.NOBODY : Reach.EVERYBODY);
    }

    private boolean isEverybodys(Throwable failure) {
        if (target.database().causeMayPass(failure)) {
            return true;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error
                    || cause instanceof TakenOverException
                    || cause instanceof OptimisticLockingFailureException) {
                return true;
            }
        }
        return false;
    }

    /** Refused data counts before a failure, a failure before a stop: the gravest decides what the run says. */
    void throwGravest(Collection<StepExecution> parts) throws Exception {
        for (StepExecution part : parts) {
            Optional<DataRefusedException> refusal = refusal(part);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
        }
        for (StepExecution part : parts) {
            Optional<Throwable> failure = ownFailure(part);
            if (failure.isPresent()) {
                throw failure(failure.get());
            }
        }
        for (StepExecution part : parts) {
            if (part.getStatus() != BatchStatus.COMPLETED
                    && (part.getStatus() == BatchStatus.STOPPED || stop.isRequested())) {
                throw new StoppedException();
            }
        }
    }

    private static Optional<DataRefusedException> refusal(StepExecution part) {
        for (Throwable failure : part.getFailureExceptions()) {
            for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof DataRefusedException refused) {
                    return Optional.of(refused);
                }
            }
        }
        return Optional.empty();
    }

    /** What was stopped beside a failure has the stop among its own. */
    private static Optional<Throwable> ownFailure(StepExecution part) {
        return part.getFailureExceptions().stream()
                .filter(failure -> !(failure instanceof JobInterruptedException))
                .findFirst();
    }

    private static Exception failure(Throwable failure) {
        return failure instanceof Exception exception ? exception : new RunFailedException(failure.toString(), failure);
    }
}
