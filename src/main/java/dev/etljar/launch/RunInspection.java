package dev.etljar.launch;

import dev.etljar.database.EtlSchema;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.JobDefinition;
import dev.etljar.repository.RunHistory;
import dev.etljar.repository.RunSummaries;
import dev.etljar.repository.Targets;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.aop.support.AopUtils;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;

/** Whether runs could go on, found without starting one. */
public final class RunInspection {

    private final Path home;
    private final JobRepository jobRepository;
    private final Targets targets;

    RunInspection(Path home, JobRepository jobRepository, Targets targets) {
        this.home = home;
        this.jobRepository = jobRepository;
        this.targets = targets;
    }

    /** Whether the job repository forgets all runs with the process, so that none can go on. */
    public boolean keepsNothing() {
        return ResourcelessJobRepository.class.isAssignableFrom(AopUtils.getTargetClass(jobRepository));
    }

    /**
     * Why an execution that is not complete could not be continued by this definition, expected against actual. Reads the
     * local input, as the next start would.
     */
    public Optional<String> misfit(long executionId, JobDefinition definition) throws IOException {
        JobExecution execution = new RunHistory(targets.repository().looking(), jobRepository)
                .execution(executionId)
                .orElseThrow(() -> new IllegalArgumentException("There is no execution " + executionId));
        Continuation continuation = new Continuation(
                jobRepository,
                execution,
                new JobAssembler(jobRepository, () -> {})
                        .rooms(definition, context(execution), targets.get(definition.target())));
        // What was refused starts over by itself when the definition or the input is another one.
        return continuation.refusedBefore()
                ? Optional.empty()
                : continuation.changed(
                        new RunSummaries(home, jobRepository, targets.repository()).completedPhases(execution));
    }

    private RunContext context(JobExecution execution) {
        String job = execution.getJobInstance().getJobName();
        return RunContext.between(
                job,
                new RunId(EtlSchema.token(targets.repository().looking()), execution.getJobInstanceId()),
                home,
                RunHistory.userParameters(execution),
                System.getenv());
    }
}
