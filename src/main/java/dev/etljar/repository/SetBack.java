package dev.etljar.repository;

import dev.etljar.database.Target;
import dev.etljar.job.SetBackNote;
import dev.etljar.lease.Lease;
import dev.etljar.run.Phase;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.interceptor.MatchAlwaysTransactionAttributeSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sets a run back to one of its steps, in the job repository, by an execution that does nothing: what earlier ones did stays
 * written as it was.
 *
 * <ol>
 *   <li>Spring Batch passes over a step whose newest execution is COMPLETED, and takes a checkpoint out of the context of a
 *       partition's newest one, whatever the status of the job execution (6.0.6). So each step from there on, and each
 *       partition, gets an execution that is STOPPED, with an empty context.
 *   <li>A run is continued where its newest execution is not COMPLETED: the new one is STOPPED, too.
 *   <li>Its context is that of the last one without what those steps had put there, and with the {@link SetBackNote}.
 *   <li>All of it is one transaction, which holds the lease's row: an execution without those of its steps would complete
 *       at once, with nothing done.
 * </ol>
 */
final class SetBack {

    private static final String CODE = "SET_BACK";

    private final JobRepository jobRepository;
    private final Lease lease;
    private final Target repository;

    SetBack(Target repository, Lease lease) {
        this.jobRepository = joining(repository);
        this.lease = lease;
        this.repository = repository;
    }

    /** Spring Batch's own commits each record that it creates by itself (6.0.6); this one joins the transaction. */
    private static JobRepository joining(Target repository) {
        JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(repository.dataSource());
        factory.setTransactionManager(repository.transactions());
        factory.setTransactionAttributeSource(new MatchAlwaysTransactionAttributeSource());
        factory.setValidateTransactionState(false);
        factory.setSerializer(BatchConfiguration.SERIALIZER);
        try {
            factory.afterPropertiesSet();
            return factory.getObject();
        } catch (Exception e) {
            throw new IllegalStateException("Spring Batch gives no job repository", e);
        }
    }

    /** Whether this is how an execution, of the job or a step, ended that only sets a run back. */
    static boolean is(ExitStatus exitStatus) {
        return exitStatus.getExitCode().equals(CODE);
    }

    /** @param last the run's newest execution; whatever a killed process left of it as running is recovered first */
    void to(SetBackNote note, JobExecution last) {
        new TransactionTemplate(repository.transactions()).executeWithoutResult(status -> {
            lease.fence();
            new Recovery(jobRepository).recover(last);
            JobExecution back = jobRepository.createJobExecution(
                    last.getJobInstance(), last.getJobParameters(), note.appliedTo(last.getExecutionContext()));
            steps(last, note.from()).forEach(step -> reopen(step, back));
            back.setStartTime(now());
            back.setEndTime(now());
            back.setStatus(BatchStatus.STOPPED);
            back.setExitStatus(new ExitStatus(
                    CODE, "Execution " + note.of() + " was set back to " + note.from() + " by 'rerun'."));
            jobRepository.update(back);
        });
    }

    private void reopen(String step, JobExecution back) {
        StepExecution open = jobRepository.createStepExecution(step, back);
        open.setStatus(BatchStatus.STOPPED);
        open.setExitStatus(new ExitStatus(CODE));
        jobRepository.update(open);
    }

    /** The steps from there on that the run has begun, and the partitions of PROCESS with them. */
    private Set<String> steps(JobExecution last, Phase from) {
        Set<String> names = new TreeSet<>();
        for (JobExecution execution : jobRepository.getJobExecutions(last.getJobInstance())) {
            execution.getStepExecutions().stream()
                    .map(StepExecution::getStepName)
                    .filter(name -> Phase.valueOf(name.replaceFirst(":.*", "")).compareTo(from) >= 0)
                    .forEach(names::add);
        }
        return names;
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault());
    }
}
