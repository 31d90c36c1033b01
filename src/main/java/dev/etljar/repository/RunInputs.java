package dev.etljar.repository;

import dev.etljar.job.HandOvers;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import java.util.Optional;
import org.springframework.batch.core.repository.JobRepository;

/** What runs were made of, as the job repository has it. */
public final class RunInputs {

    private final RunHistory history;
    private final JobRepository jobRepository;

    RunInputs(RunHistory history, JobRepository jobRepository) {
        this.history = history;
        this.jobRepository = jobRepository;
    }

    /** What DOWNLOAD has handed over in this job instance, if it did. */
    public Optional<InputFiles> of(long instance) {
        return history.last(instance)
                .flatMap(last -> new HandOvers(jobRepository).find(last, Phase.DOWNLOAD, InputFiles.class));
    }
}
