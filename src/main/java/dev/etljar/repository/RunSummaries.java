package dev.etljar.repository;

import dev.etljar.database.Target;
import dev.etljar.job.HandOvers;
import dev.etljar.job.JobAssembler;
import dev.etljar.run.Approvals;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.run.Publication;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StagedTables;
import dev.etljar.run.Verdict;
import dev.etljar.run.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** Puts together what the job repository knows of an execution, with what earlier executions of its instance did. */
public final class RunSummaries {

    private static final Set<Phase> STEPS = EnumSet.range(Phase.DOWNLOAD, Phase.FINALIZE);

    /** What Spring Batch adds where an execution has begun no step (6.0.6). */
    private static final String NO_STEP = "All steps already completed or no steps configured for this job.";

    private final Path home;
    private final JobRepository jobRepository;
    private final Approvals approvals;

    public RunSummaries(Path home, JobRepository jobRepository, Target repository) {
        this.home = home;
        this.jobRepository = jobRepository;
        this.approvals = new Approvals(repository);
    }

    public RunSummary of(JobExecution execution) {
        Map<String, StepExecution> steps = steps(execution);
        HandOvers handOvers = new HandOvers(jobRepository);
        String message = message(execution);
        long instanceId = execution.getJobInstanceId();
        String job = execution.getJobInstance().getJobName();
        return new RunSummary(
                job,
                execution.getId(),
                instanceId,
                RunHistory.userParameters(execution),
                status(execution),
                message.isBlank() ? null : message,
                instant(execution.getStartTime() == null ? execution.getCreateTime() : execution.getStartTime()),
                execution.getEndTime() == null ? null : instant(execution.getEndTime()),
                phases(execution, steps),
                progress(execution, steps),
                handOvers.find(execution, Phase.PROCESS, StagedTables.class).orElse(null),
                JobAssembler.rejects(execution.getExecutionContext()),
                handOvers.find(execution, Phase.VALIDATE, Verdict.class).orElse(null),
                handOvers.find(execution, Phase.FINALIZE, Publication.class).orElse(null),
                approvals.askedBy(instanceId, execution.getId()).orElse(null),
                null,
                Workspace.of(home, job, instanceId));
    }

    /** The phases that this execution's instance has behind it. */
    public Set<Phase> completedPhases(JobExecution execution) {
        Set<Phase> done = EnumSet.noneOf(Phase.class);
        Map<String, StepExecution> steps = steps(execution);
        for (Phase phase : STEPS) {
            StepExecution step = steps.get(phase.name());
            if (step != null && step.getStatus() == BatchStatus.COMPLETED) {
                done.add(phase);
            }
        }
        return done;
    }

    /** The newest execution of each step, up to and including this job execution. */
    private Map<String, StepExecution> steps(JobExecution execution) {
        List<JobExecution> executions = new ArrayList<>(jobRepository.getJobExecutions(execution.getJobInstance()));
        executions.removeIf(other -> other.getId() >= execution.getId());
        executions.sort((a, b) -> Long.compare(a.getId(), b.getId()));
        executions.add(execution);
        Map<String, StepExecution> steps = new LinkedHashMap<>();
        for (JobExecution each : executions) {
            each.getStepExecutions().stream()
                    .sorted((a, b) -> Long.compare(a.getId(), b.getId()))
                    .forEach(step -> steps.put(step.getStepName(), step));
        }
        return steps;
    }

    /** What the job said of its end; of one that stopped there is only to be said what it waits for. */
    private static String message(JobExecution execution) {
        String message = execution.getExitStatus().getExitDescription();
        boolean stopped = execution.getStatus() == BatchStatus.STOPPED;
        return stopped && !isWaiting(execution) && !SetBack.is(execution.getExitStatus())
                ? ""
                : message.replace("; " + NO_STEP, "").replace(NO_STEP, "");
    }

    private static boolean isWaiting(JobExecution execution) {
        return execution.getExitStatus().getExitCode().equals(JobAssembler.WAITING);
    }

    private static String status(JobExecution execution) {
        String code = execution.getExitStatus().getExitCode();
        boolean own = code.equals(JobAssembler.REFUSED)
                || code.equals(JobAssembler.NOTHING_NEW)
                || SetBack.is(execution.getExitStatus())
                || isWaiting(execution);
        return own && execution.getStatus() != BatchStatus.ABANDONED
                ? code
                : execution.getStatus().name();
    }

    private static List<PhaseSummary> phases(JobExecution execution, Map<String, StepExecution> steps) {
        List<PhaseSummary> phases = new ArrayList<>();
        phases.add(new PhaseSummary(
                Phase.INIT,
                PhaseStatus.COMPLETED,
                instant(execution.getCreateTime()),
                instant(execution.getStartTime() == null ? execution.getCreateTime() : execution.getStartTime())));
        for (Phase phase : STEPS) {
            StepExecution step = steps.get(phase.name());
            phases.add(
                    step == null || SetBack.is(step.getExitStatus())
                            ? PhaseSummary.pending(phase)
                            : phase(phase, step));
        }
        return phases;
    }

    private static PhaseSummary phase(Phase phase, StepExecution step) {
        return new PhaseSummary(
                phase,
                phaseStatus(step),
                step.getStartTime() == null ? null : instant(step.getStartTime()),
                step.getEndTime() == null ? null : instant(step.getEndTime()));
    }

    private static PhaseStatus phaseStatus(StepExecution step) {
        return switch (step.getStatus()) {
            case COMPLETED -> PhaseStatus.COMPLETED;
            case STARTING, STARTED, STOPPING -> PhaseStatus.RUNNING;
            case STOPPED -> PhaseStatus.STOPPED;
            default ->
                JobAssembler.REFUSED.equals(step.getExitStatus().getExitCode())
                        ? PhaseStatus.REFUSED
                        : PhaseStatus.FAILED;
        };
    }

    private static @Nullable Progress progress(JobExecution execution, Map<String, StepExecution> steps) {
        Collection<StepExecution> parts = steps.values().stream()
                .filter(step -> step.getStepName().startsWith(Phase.PROCESS + ":") && !SetBack.is(step.getExitStatus()))
                .toList();
        return parts.isEmpty() ? null : JobAssembler.progress(execution.getExecutionContext(), parts);
    }

    private static Instant instant(LocalDateTime time) {
        return time.atZone(ZoneId.systemDefault()).toInstant();
    }
}
