package dev.etljar.repository;

import dev.etljar.job.DefinitionReader;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.batch.core.repository.JobRepository;

/** Finds the runs that there were, for what is done to them afterwards. */
public final class PastRuns {

    private final Path home;
    private final JobRepository jobRepository;
    private final Targets targets;

    PastRuns(Path home, JobRepository jobRepository, Targets targets) {
        this.home = home;
        this.jobRepository = jobRepository;
        this.targets = targets;
    }

    /**
     * The run with this job instance, by its newest execution and the definition as it is now.
     *
     * @throws dev.etljar.definition.DefinitionException where the job's definition cannot be read
     * @throws IllegalArgumentException where its target is not configured
     */
    public Optional<PastRun> find(long instance) {
        return new RunHistory(targets.repository().dataSource(), jobRepository)
                .last(instance)
                .map(last -> new PastRun(
                        last,
                        new DefinitionReader(home).read(last.getJobInstance().getJobName()),
                        home,
                        jobRepository,
                        targets));
    }
}
