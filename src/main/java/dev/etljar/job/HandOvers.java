package dev.etljar.job;

import dev.etljar.run.HandOver;
import dev.etljar.run.Phase;
import dev.etljar.run.Publication;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the rooms handed over, as JSON in the job's ExecutionContext, under the phase's name. It is stored before the
 * room's step completes, so a step that is COMPLETED has always handed over.
 */
public final class HandOvers {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JobRepository jobRepository;

    public HandOvers(JobRepository jobRepository) {
        this.jobRepository = jobRepository;
    }

    /** Stores it, in a transaction of its own. */
    void put(JobExecution execution, Phase phase, HandOver handOver) {
        execution.getExecutionContext().putString(key(phase), JSON.writeValueAsString(handOver));
        jobRepository.updateExecutionContext(execution);
    }

    /** Stores a publication over the one that FINALIZE handed over, of which the warnings stay. */
    public void replace(JobExecution execution, Publication publication) {
        List<String> warnings = find(execution, Phase.FINALIZE, Publication.class)
                .map(Publication::warnings)
                .orElse(List.of());
        put(execution, Phase.FINALIZE, publication.with(warnings));
    }

    /** What the phase handed over in this job instance, if it did. */
    public <T extends HandOver> Optional<T> find(JobExecution execution, Phase phase, Class<T> type) {
        ExecutionContext context = execution.getExecutionContext();
        return context.containsKey(key(phase))
                ? Optional.of(JSON.readValue(context.getString(key(phase)), type))
                : Optional.empty();
    }

    /** Forgets what the phase, and those after it, have handed over. */
    static void forget(ExecutionContext jobContext, Phase from) {
        EnumSet.range(from, Phase.FINALIZE).forEach(phase -> jobContext.remove(key(phase)));
    }

    <T extends HandOver> T get(JobExecution execution, Phase phase, Class<T> type) {
        return find(execution, phase, type)
                .orElseThrow(() -> new IllegalStateException(phase + " has handed nothing over"));
    }

    /** Pinned: stored with executions that a later version continues. */
    private static String key(Phase phase) {
        return "handover." + phase;
    }
}
