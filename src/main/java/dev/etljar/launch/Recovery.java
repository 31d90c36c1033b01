package dev.etljar.launch;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** Makes an execution restartable whose process ended without saying how. */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final JobRepository jobRepository;
    private final JobOperator jobOperator;

    Recovery(JobRepository jobRepository, JobOperator jobOperator) {
        this.jobRepository = jobRepository;
        this.jobOperator = jobOperator;
    }

    /**
     * Sets what is left as running to FAILED. A commit of unknown outcome (UNKNOWN) becomes FAILED too: rows and
     * checkpoint share a transaction, so whichever way it went, the checkpoint is right.
     */
    void recover(JobExecution execution) {
        if (execution.getStatus().isRunning() || execution.getStatus() == BatchStatus.STOPPING) {
            LOG.info(
                    "Execution {} was left {} by a process that is gone; it goes on",
                    execution.getId(),
                    execution.getStatus());
            jobOperator.recover(execution);
        }
        for (StepExecution step : execution.getStepExecutions()) {
            if (step.getStatus() == BatchStatus.UNKNOWN || step.getStatus().isRunning()) {
                step.setStatus(BatchStatus.FAILED);
                step.setExitStatus(ExitStatus.FAILED);
                jobRepository.update(step);
            }
        }
        if (execution.getStatus() == BatchStatus.UNKNOWN) {
            execution.setStatus(BatchStatus.FAILED);
            execution.setExitStatus(ExitStatus.FAILED);
            jobRepository.update(execution);
        }
    }

    /** Gives the execution up: it is never restarted. */
    void abandon(JobExecution execution) {
        execution.setStatus(BatchStatus.ABANDONED);
        if (execution.getEndTime() == null) {
            execution.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
        }
        jobRepository.update(execution);
    }
}
