package dev.etljar.launch;

import dev.etljar.job.FailureMessage;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.JobDefinition;
import dev.etljar.run.Problem;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** Asks a job's target what it has against the definition; nothing is written, and no database is made. */
public final class TargetChecks {

    private final Targets targets;

    TargetChecks(Targets targets) {
        this.targets = targets;
    }

    /** What would keep the job from being started; that the target cannot be asked may pass. */
    public List<Problem> problems(JobDefinition definition) {
        try {
            return JobAssembler.check(definition, () -> targets.get(definition.target()));
        } catch (DataAccessException e) {
            return List.of(Problem.mayPass("The target cannot be asked. " + FailureMessage.of(e)));
        } catch (IllegalArgumentException e) {
            return List.of(Problem.wrong(String.valueOf(e.getMessage())));
        }
    }
}
