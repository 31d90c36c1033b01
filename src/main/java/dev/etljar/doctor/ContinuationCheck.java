package dev.etljar.doctor;

import dev.etljar.job.FailureMessage;
import dev.etljar.job.JobDefinition;
import dev.etljar.launch.RunInspection;
import dev.etljar.run.RunFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether runs that are not complete could be continued by the definitions as they are now. */
record ContinuationCheck(Site repository, List<RunRows.Row> incomplete, Jobs jobs, RunInspection inspection)
        implements Check {

    @Override
    public List<Finding> find() {
        return incomplete.stream().flatMap(row -> look(row).stream()).toList();
    }

    private Optional<Finding> look(RunRows.Row row) {
        if (!jobs.named().contains(row.job())) {
            return Optional.of(Finding.warning(
                    "The definition of job '" + row.job() + "' is gone, and execution " + row.execution()
                            + " of it is not complete",
                    Jobs.file(row.job()),
                    "Put it back, and run the job again or give the run up: abandon " + row.execution()));
        }
        @Nullable JobDefinition definition = jobs.sound().get(row.job());
        return definition == null ? Optional.empty() : misfit(row, definition).map(why -> finding(row, why));
    }

    /** A target that there is not, or an input that cannot be read, is told of the job itself. */
    private Optional<String> misfit(RunRows.Row row, JobDefinition definition) {
        try {
            return inspection.misfit(row.execution(), definition);
        } catch (IOException | RunFailedException e) {
            return Optional.of(FailureMessage.of(e));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Finding finding(RunRows.Row row, String why) {
        return Finding.error(
                "Execution " + row.execution() + " of job '" + row.job() + "' could not go on. " + why,
                Jobs.file(row.job()),
                "Put it back and run the job again, or give the progress up: --job.restart=" + row.execution()
                        + " --start-over");
    }
}
