package dev.etljar.launch;

import dev.etljar.repository.RunHistory;
import dev.etljar.run.Replay;
import dev.etljar.run.RunLimits;
import dev.etljar.text.Secrets;
import java.util.Map;

/**
 * What a user asks for.
 *
 * @param job the job's name
 * @param parameters the user's job parameters, which tell one job instance from another
 * @param force load the input also where it is what was published last, or where the instance is complete
 * @param startOver give up an incomplete execution's progress and begin anew
 * @param limits how much this start may do
 */
public record RunRequest(
        String job, Map<String, String> parameters, boolean force, boolean startOver, RunLimits limits) {

    // As wide as the columns of Spring Batch's BATCH_JOB_EXECUTION_PARAMS.
    private static final int MAX_NAME = 100;
    private static final int MAX_VALUE = 2_500;

    /** @throws IllegalArgumentException where a job parameter cannot be one */
    public RunRequest {
        parameters = Map.copyOf(parameters);
        if (parameters.containsKey(RunHistory.RUN)) {
            throw new IllegalArgumentException("The job parameter '" + RunHistory.RUN
                    + "' is the application's own: it numbers the runs." + " Choose another name");
        }
        parameters.forEach(RunRequest::require);
        Replay.in(parameters);
    }

    /** Without limits. */
    public RunRequest(String job, Map<String, String> parameters, boolean force, boolean startOver) {
        this(job, parameters, force, startOver, RunLimits.NONE);
    }

    private static void require(String name, String value) {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "The name of a job parameter has 1 to " + MAX_NAME + " characters, not " + name.length());
        }
        if (Secrets.isNameOfOne(name) || Secrets.inUrl(value)) {
            throw new IllegalArgumentException("The job parameter '" + name + "' looks like a secret"
                    + (Secrets.isNameOfOne(name) ? "" : ": its value is a URL with a password")
                    + ". Job parameters are stored and shown in clear text; have the definition take it from the"
                    + " environment, ${NAME}, or from a file, ${file:PATH}");
        }
        if (value.length() > MAX_VALUE) {
            throw new IllegalArgumentException("The job parameter '" + name + "' has " + value.length()
                    + " characters; the limit is " + MAX_VALUE);
        }
    }
}
