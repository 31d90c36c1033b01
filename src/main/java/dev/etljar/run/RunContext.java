package dev.etljar.run;

import dev.etljar.text.Placeholders;
import java.util.Map;

/**
 * What every room may know of the run it works for.
 *
 * @param job the job's name
 * @param id the job instance, which names staging tables and workspace
 * @param home what relative paths of the definition are relative to
 * @param timeBox says whether another chunk or step may begin
 * @param placeholders resolves {@code ${name}} from job parameters and environment
 */
public record RunContext(
        String job,
        RunId id,
        java.nio.file.Path home,
        Workspace workspace,
        Placeholders placeholders,
        StopSignal stop,
        TimeBox timeBox,
        RunListener listener) {

    /** A run that may take as long as it does. */
    public RunContext(
            String job,
            RunId id,
            java.nio.file.Path home,
            Workspace workspace,
            Placeholders placeholders,
            StopSignal stop,
            RunListener listener) {
        this(job, id, home, workspace, placeholders, stop, TimeBox.unlimited(), listener);
    }

    /**
     * Of a run that no process makes now: for what is asked of it, or done to it, between its executions.
     *
     * @param parameters the user's job parameters, by name
     */
    public static RunContext between(
            String job,
            RunId id,
            java.nio.file.Path home,
            Map<String, String> parameters,
            Map<String, String> environment) {
        return new RunContext(
                job,
                id,
                home,
                Workspace.of(home, job, id.instance()),
                new Placeholders(parameters, environment, home),
                new StopSignal(),
                RunListener.NONE);
    }

    /** The job instance's ID in the job repository. */
    public long instanceId() {
        return id.instance();
    }

    /** The user's job parameters that the run was started with, by name. */
    public Map<String, String> parameters() {
        return placeholders.parameters();
    }
}
