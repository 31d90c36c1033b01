package dev.etljar.repository;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.OneWriter;
import dev.etljar.database.Target;
import dev.etljar.job.DefinitionReader;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.JobDefinition;
import dev.etljar.job.Rooms;
import dev.etljar.lease.Lease;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;

/** Gives an execution up from outside of a start. */
public final class Abandonment {

    private final Path home;
    private final JobRepository jobRepository;
    private final Targets targets;

    Abandonment(Path home, JobRepository jobRepository, Targets targets) {
        this.home = home;
        this.jobRepository = jobRepository;
        this.targets = targets;
    }

    /**
     * Sets an execution that is not complete to ABANDONED, and then removes what its run had staged and fetched. A kill in between
     * leaves something to remove; the next start does, or this again.
     *
     * @param lease the job's, held by this process
     * @return whether the run's publication stands, and stays
     * @throws dev.etljar.definition.DefinitionException where the job's definition cannot be read
     */
    public boolean abandon(long executionId, Lease lease) throws IOException {
        JobRepository fenced = RunRepository.of(jobRepository, lease, targets.repository());
        JobExecution execution = new RunHistory(targets.repository().dataSource(), fenced)
                .execution(executionId)
                .orElseThrow(() -> new IllegalArgumentException("There is no execution " + executionId));
        String job = execution.getJobInstance().getJobName();
        JobDefinition definition = new DefinitionReader(home).read(job);
        Target target = targets.get(definition.target());
        if (target.dataSource() instanceof OneWriter oneWriter) {
            oneWriter.enforce();
        }
        RunContext context = context(job, execution);
        Rooms rooms = new JobAssembler(fenced, lease::fence).rooms(definition, context, target);
        if (execution.getStatus() != BatchStatus.ABANDONED) {
            Recovery recovery = new Recovery(fenced);
            recovery.recover(execution);
            recovery.abandon(execution);
        }
        rooms.discard();
        return rooms.publications().stands(context.id());
    }

    private RunContext context(String job, JobExecution execution) {
        String token = EtlSchema.token(targets.repository().dataSource());
        return RunContext.between(
                job,
                new RunId(token, execution.getJobInstanceId()),
                home,
                RunHistory.userParameters(execution),
                System.getenv());
    }
}
