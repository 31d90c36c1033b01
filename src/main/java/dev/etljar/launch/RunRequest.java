package dev.etljar.launch;

import java.util.Map;

/**
 * What a user asks for.
 *
 * @param job the job's name
 * @param parameters the user's job parameters, which tell one job instance from another
 * @param force load the input also where it is what was published last, or where the instance is complete
 * @param startOver give up an incomplete execution's progress and begin anew
 */
public record RunRequest(String job, Map<String, String> parameters, boolean force, boolean startOver) {

    /** The job parameter by which the application numbers the runs itself. */
    static final String RUN = "run";

    public RunRequest {
        parameters = Map.copyOf(parameters);
        if (parameters.containsKey(RUN)) {
            throw new IllegalArgumentException("The job parameter '" + RUN
                    + "' is the application's own: it numbers the runs." + " Choose another name");
        }
    }
}
