package dev.etljar.repository;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Makes an execution restartable whose process ended without saying how. What {@code JobOperator.recover} does, for all
 * states and under the lease.
 */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final JobRepository jobRepository;

    public Recovery(JobRepository jobRepository) {
        this.jobRepository = jobRepository;
    }

    /**
     * Sets what is left as running to FAILED. A commit of unknown outcome (UNKNOWN) becomes FAILED too: rows and
     * checkpoint share a transaction, so whichever way it went, the checkpoint is right. Each step execution that is set
     * gets a new version, which fences an owner that is paused in the middle of a chunk.
     */
    public void recover(JobExecution execution) {
        for (StepExecution step : execution.getStepExecutions()) {
            if (unfinished(step.getStatus())) {
                step.setStatus(BatchStatus.FAILED);
                step.setExitStatus(ExitStatus.FAILED);
                step.setEndTime(now());
                jobRepository.update(step);
            }
        }
        if (unfinished(execution.getStatus())) {
            LOG.info(
                    "Execution {} was left {} by a process that is gone; it goes on",
                    execution.getId(),
                    execution.getStatus());
            execution.setStatus(BatchStatus.FAILED);
            execution.setExitStatus(ExitStatus.FAILED);
            execution.setEndTime(now());
            jobRepository.update(execution);
        }
    }

    private static boolean unfinished(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.STOPPING || status == BatchStatus.UNKNOWN;
    }

    /** Gives the execution up: it is never restarted. */
    public void abandon(JobExecution execution) {
        execution.setStatus(BatchStatus.ABANDONED);
        if (execution.getEndTime() == null) {
            execution.setEndTime(now());
        }
        jobRepository.update(execution);
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault());
    }
}
