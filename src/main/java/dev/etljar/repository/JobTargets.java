package dev.etljar.repository;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.OneWriter;
import dev.etljar.database.Target;
import dev.etljar.job.FailureMessage;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.JobDefinition;
import dev.etljar.run.Problem;
import dev.etljar.run.RunId;
import java.io.IOException;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** The databases of jobs, for what is done to them between runs. */
public final class JobTargets {

    private final Targets targets;

    JobTargets(Targets targets) {
        this.targets = targets;
    }

    /**
     * The database that the job loads into.
     *
     * @throws IllegalArgumentException where it is not configured
     */
    public Target of(JobDefinition definition) {
        return targets.get(definition.target());
    }

    /** What names the rows of a job instance in its target. */
    public RunId id(long instance) {
        return new RunId(EtlSchema.token(targets.repository().dataSource()), instance);
    }

    /** From here on this process writes: into an embedded database no other one does then. */
    public void beginToWrite(Target target) throws IOException {
        for (Target each : List.of(targets.repository(), target)) {
            if (each.dataSource() instanceof OneWriter oneWriter) {
                oneWriter.enforce();
            }
        }
    }

    /**
     * What the job's target has against the definition, found without a write, and without making a database; that the target
     * cannot be asked may pass.
     */
    public List<Problem> problems(JobDefinition definition) {
        try {
            return JobAssembler.check(definition, () -> of(definition));
        } catch (DataAccessException e) {
            return List.of(Problem.mayPass("The target cannot be asked. " + FailureMessage.of(e)));
        } catch (IllegalArgumentException e) {
            return List.of(Problem.wrong(String.valueOf(e.getMessage())));
        }
    }
}
