package dev.etljar.launch;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.OneWriter;
import dev.etljar.database.Target;
import dev.etljar.job.FailureMessage;
import dev.etljar.job.JobDefinition;
import dev.etljar.lease.Lease;
import dev.etljar.lease.Leases;
import dev.etljar.lease.Owner;
import dev.etljar.repository.RunRepository;
import dev.etljar.run.Problem;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.run.StoppedException;
import dev.etljar.run.TimeBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.DataAccessException;

/**
 * One run of a job by this process, in one or more attempts. An attempt
 *
 * <ol>
 *   <li>makes the tables of repository and target where they are missing,
 *   <li>takes the job's lease, or says who has it,
 *   <li>makes the {@link Preparation}, unless an attempt before did,
 *   <li>starts or continues an execution under that lease, see {@link Attempt},
 *   <li>and gives the lease up, however it ends.
 * </ol>
 */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    private final Path home;
    private final JobDefinition definition;
    private final RunRequest request;
    private final Preparation preparation;
    private final JobRepository jobRepository;
    private final Target repository;
    private final Target target;
    private final Leases leases;
    private final TimeBox timeBox;
    private final Faults faults;
    private final AtomicLong instance = new AtomicLong();
    private boolean prepared;

    Run(
            Path home,
            JobDefinition definition,
            RunRequest request,
            Preparation preparation,
            JobRepository jobRepository,
            Target repository,
            Target target,
            Leases leases,
            TimeBox timeBox) {
        this.home = home;
        this.definition = definition;
        this.request = request;
        this.preparation = preparation;
        this.jobRepository = jobRepository;
        this.repository = repository;
        this.target = target;
        this.leases = leases;
        this.timeBox = timeBox;
        this.faults = new Faults(List.of(repository.database(), target.database()));
    }

    RunOutcome attempt(RunListener listener, StopSignal stop) {
        return outcome(() -> {
            Optional<Owner> other = liveOwner();
            if (other.isPresent()) {
                return running(other);
            }
            List.of(repository, target).forEach(each -> stop.onRequest(each::hurry));
            prepare();
            Optional<Lease> taken = leases.take(request.job(), stop::request);
            if (taken.isEmpty()) {
                return running(leases.owner(request.job()));
            }
            try (Lease lease = taken.get()) {
                RunOutcome outcome = outcome(() -> underLease(lease, listener, stop));
                return lease.isLost() ? lost(outcome) : outcome;
            }
        });
    }

    private interface Part {
        RunOutcome make() throws IOException, JobExecutionException;
    }

    private RunOutcome outcome(Part part) {
        try {
            return part.make();
        } catch (StoppedException e) {
            return new RunOutcome.Stopped(null, "Stopped before a step was started.");
        } catch (IOException | JobExecutionException | RuntimeException e) {
            LOG.debug("The attempt failed", e);
            return FailureMessage.refusesUser(e)
                    ? new RunOutcome.Wrong(List.of(Problem.wrong(FailureMessage.of(e))))
                    : new RunOutcome.Failed(null, FailureMessage.of(e), faults.mayPass(e));
        } catch (OutOfMemoryError e) {
            // What was being done is given up, and with it the memory that it held.
            LOG.debug("The attempt failed", e);
            return new RunOutcome.Failed(null, FailureMessage.of(e), false);
        }
    }

    private Optional<Owner> liveOwner() {
        return EtlSchema.exists(repository.database(), repository.dataSource())
                ? leases.liveOwner(request.job())
                : Optional.empty();
    }

    /** From here on this process writes. */
    private void prepare() throws IOException {
        for (Target each : List.of(repository, target)) {
            if (each.dataSource() instanceof OneWriter oneWriter) {
                oneWriter.enforce();
            }
        }
        EtlSchema.create(repository.database(), repository.dataSource());
        if (!target.isRepository()) {
            prepareTarget();
        }
    }

    /** Of two databases, the one that is in trouble is named. */
    private void prepareTarget() {
        try {
            EtlSchema.createInTarget(target.database(), target.dataSource());
        } catch (DataAccessException e) {
            throw new RunFailedException(
                    "The target '" + target.name() + "' cannot be used. " + FailureMessage.of(e), e);
        }
    }

    private RunOutcome underLease(Lease lease, RunListener listener, StopSignal stop)
            throws IOException, JobExecutionException {
        if (!prepared) {
            Optional<RunOutcome> ended = preparation.prepare(lease);
            if (ended.isPresent()) {
                return ended.get();
            }
            prepared = true;
        }
        timeBox.beginAttempt();
        JobRepository fenced = RunRepository.of(jobRepository, lease, repository);
        return new Attempt(
                        home,
                        definition,
                        request,
                        fenced,
                        lease::fence,
                        repository,
                        target,
                        faults,
                        instance,
                        listener,
                        stop,
                        timeBox)
                .make();
    }

    /**
     * Whether the job now runs elsewhere, or was just paused too long, the next attempt finds out. What the others of it
     * have done meanwhile may look like a failure here, or like data to be refused.
     */
    private static RunOutcome lost(RunOutcome outcome) {
        return outcome instanceof RunOutcome.Stopped
                        || outcome instanceof RunOutcome.Failed
                        || outcome instanceof RunOutcome.Refused
                        || outcome instanceof RunOutcome.Waiting
                ? new RunOutcome.Failed(
                        outcome.summary(), "This process was paused for longer than its lease lasts", true)
                : outcome;
    }

    private RunOutcome running(Optional<Owner> owner) {
        return new RunOutcome.Running("Job '" + request.job() + "' is running already: "
                + owner.map(Owner::describe).orElse("by a process that is not known")
                + ". Nothing was started.");
    }
}
