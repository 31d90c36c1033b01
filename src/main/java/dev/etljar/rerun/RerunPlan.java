package dev.etljar.rerun;

import dev.etljar.run.Phase;
import dev.etljar.run.PublishedLoad;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * What running an execution again takes.
 *
 * @param job the job's name
 * @param instance the run's job instance
 * @param parameters the user's job parameters, by name
 * @param asked the step that was asked for
 * @param from the step that it begins with: that one, or an earlier one that it needs
 * @param goesOn whether the run was set back by the same command before, and the rest is only to go on with it
 * @param takenBack what is taken back, newest first
 * @param givenUp the executions of replays of its rejects that were refused, which are given up
 * @param staged the staging tables that are dropped
 * @param rejects how many rejects are removed
 * @param putBack where input goes back to, and from where in the archive
 * @param notes what a person should know beside it
 */
public record RerunPlan(
        long executionId,
        String job,
        long instance,
        Map<String, String> parameters,
        Phase asked,
        Phase from,
        boolean goesOn,
        List<PublishedLoad> takenBack,
        List<Long> givenUp,
        List<StagedRows> staged,
        long rejects,
        Map<Path, Path> putBack,
        List<String> notes) {

    public RerunPlan {
        parameters = Map.copyOf(parameters);
        takenBack = List.copyOf(takenBack);
        givenUp = List.copyOf(givenUp);
        staged = List.copyOf(staged);
        putBack = Map.copyOf(putBack);
        notes = List.copyOf(notes);
    }

    /** A staging table with its rows. */
    public record StagedRows(String table, long rows) {}

    /** The steps that run again. */
    public List<Phase> again() {
        return List.copyOf(EnumSet.range(from, Phase.FINALIZE));
    }

    /** The steps of which stays what they have made. */
    public List<Phase> kept() {
        return EnumSet.range(Phase.DOWNLOAD, Phase.FINALIZE).stream()
                .filter(phase -> phase.compareTo(from) < 0)
                .toList();
    }

    /** For a person, without the last line's end. */
    public String text() {
        return new PlanText(this).toString();
    }

    /** Whether a step before FINALIZE runs again, so that what FINALIZE published cannot stay. */
    boolean undoesPublication() {
        return from != Phase.FINALIZE && !goesOn;
    }
}
