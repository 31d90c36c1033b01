package dev.etljar.launch;

import dev.etljar.lease.Lease;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job repository as the holder of a lease sees it.
 *
 * <ul>
 *   <li>Each write holds the lease's row until it is committed. So a process that was paused, taken over and woken up
 *       writes nothing more: no step that begins, no hand-over, no end. Within a chunk's transaction it is the step
 *       execution's version that tells, or the checkpoint's row in another target.
 *   <li>The last of several executions is the one with the highest ID. Spring Batch 6.0.6 goes by the time of creation,
 *       and would find an older checkpoint after the clock was set back.
 * </ul>
 */
final class RunRepository {

    private final JobRepository jobRepository;
    private final Lease lease;
    private final TransactionTemplate transaction;

    private RunRepository(JobRepository jobRepository, Lease lease, PlatformTransactionManager transactions) {
        this.jobRepository = jobRepository;
        this.lease = lease;
        this.transaction = new TransactionTemplate(transactions);
    }

    static JobRepository of(JobRepository jobRepository, Lease lease, PlatformTransactionManager transactions) {
        RunRepository view = new RunRepository(jobRepository, lease, transactions);
        return (JobRepository) Proxy.newProxyInstance(
                JobRepository.class.getClassLoader(),
                new Class<?>[] {JobRepository.class},
                (proxy, method, arguments) -> view.invoke(method, arguments));
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getLastStepExecution") && arguments != null) {
            return lastStepExecution((JobInstance) arguments[0], (String) arguments[1]);
        }
        boolean writes = method.getName().matches("(create|update|delete).*");
        return writes && !TransactionSynchronizationManager.isActualTransactionActive()
                ? fenced(method, arguments)
                : call(method, arguments);
    }

    private @Nullable StepExecution lastStepExecution(JobInstance instance, String step) {
        return jobRepository.getJobExecutions(instance).stream()
                .map(JobExecution::getStepExecutions)
                .flatMap(steps -> steps.stream()
                        .filter(execution -> execution.getStepName().equals(step)))
                .max(Comparator.comparingLong(StepExecution::getId))
                .orElse(null);
    }

    private @Nullable Object fenced(Method method, Object @Nullable [] arguments) throws Throwable {
        Attempt attempt = new Attempt();
        transaction.executeWithoutResult(status -> {
            lease.fence();
            attempt.make(method, arguments, status);
        });
        return attempt.result();
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(jobRepository, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** A call within the transaction; what it throws, checked or not, rolls back and is thrown after it. */
    private final class Attempt {

        private @Nullable Object result;
        private @Nullable Throwable failure;

        @SuppressWarnings("IllegalCatch")
        void make(Method method, Object @Nullable [] arguments, TransactionStatus status) {
            try {
                result = call(method, arguments);
            } catch (Throwable e) {
                status.setRollbackOnly();
                failure = e;
            }
        }

        @Nullable
        Object result() throws Throwable {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }
}
