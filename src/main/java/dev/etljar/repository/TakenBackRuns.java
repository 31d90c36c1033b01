package dev.etljar.repository;

import dev.etljar.job.HandOvers;
import dev.etljar.lease.Lease;
import dev.etljar.run.Publication;
import java.util.Objects;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;

/** What the job repository is told of a run whose publication is taken back, under the job's lease. */
public final class TakenBackRuns {

    private final JobRepository jobRepository;
    private final Targets targets;

    TakenBackRuns(JobRepository jobRepository, Targets targets) {
        this.jobRepository = jobRepository;
        this.targets = targets;
    }

    /** Gives a run up that is not complete: it would go on after its publication, which is no more. */
    public void abandonIncomplete(long instance, Lease lease) {
        JobRepository fenced = fenced(lease);
        JobExecution last = last(instance, fenced);
        if (last.getStatus() != BatchStatus.COMPLETED && last.getStatus() != BatchStatus.ABANDONED) {
            Recovery recovery = new Recovery(fenced);
            recovery.recover(last);
            recovery.abandon(last);
        }
    }

    /** Notes for reports that the publication was taken back; doing so again changes nothing. */
    public void note(long instance, Publication publication, Lease lease) {
        JobRepository fenced = fenced(lease);
        new HandOvers(fenced).replace(last(instance, fenced), publication);
    }

    private JobRepository fenced(Lease lease) {
        return RunRepository.of(jobRepository, lease, targets.repository());
    }

    private static JobExecution last(long instance, JobRepository fenced) {
        JobInstance known = Objects.requireNonNull(fenced.getJobInstance(instance), "an execution has an instance");
        return Objects.requireNonNull(fenced.getLastJobExecution(known), "the instance has an execution");
    }
}
