package dev.etljar.rerun;

import dev.etljar.job.ApproveDefinition;
import dev.etljar.job.SetBackNote;
import dev.etljar.operate.Rollback;
import dev.etljar.repository.PastRun;
import dev.etljar.repository.PastRuns;
import dev.etljar.repository.RunViews;
import dev.etljar.run.InputFile;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.PublishedLoad;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds out what running an execution again takes, without a change, and refuses what cannot be done. */
record Planner(RunViews views, PastRuns pastRuns, Rollback rollback) {

    /** @throws RerunRefusal where it cannot be run again so */
    RerunPlan plan(RerunRequest request) throws IOException {
        Eligible eligible = new Eligible(views, request.executionId());
        RunSummary last = eligible.last();
        PastRun run = pastRuns.find(last.instanceId()).orElseThrow();
        return last.executionId() == request.executionId()
                ? setBack(request, eligible, last, run)
                : goesOn(request, last, run.note());
    }

    private RerunPlan setBack(RerunRequest request, Eligible eligible, RunSummary last, PastRun run)
            throws IOException {
        Remains remains = new Remains(run.target(), run.id());
        eligible.requireLast(last, remains);
        eligible.requireKnown(last, remains);
        boolean published = remains.isPublished();
        List<String> notes = new ArrayList<>();
        Phase from = new FirstStep(request, run, published).find(last.phases(), notes);
        boolean anew = from.compareTo(Phase.PROCESS) <= 0;
        List<Long> givenUp = from == Phase.FINALIZE ? List.of() : eligible.refusedOf(remains.replays());
        List<PublishedLoad> takenBack = from == Phase.FINALIZE ? List.of() : rollback.ofRunAlone(request.executionId());
        Map<Path, Path> putBack = putBack(from, run);
        requireNoProblems(request, from, run);
        note(last, from, published, run.definition().approve(), notes);
        return new RerunPlan(
                request.executionId(),
                last.job(),
                last.instanceId(),
                last.parameters(),
                request.from(),
                from,
                false,
                takenBack,
                givenUp,
                anew ? remains.staged() : List.of(),
                anew ? remains.rejects() : 0,
                putBack,
                notes);
    }

    /** The same command again goes on with what it has set back; any other one names the execution that it should name. */
    private static RerunPlan goesOn(RerunRequest request, RunSummary last, Optional<SetBackNote> note) {
        long id = request.executionId();
        String next = "'rerun " + last.executionId() + " --from=" + request.from() + "'";
        boolean same = note.filter(made -> made.of() == id && made.asked() == request.from())
                .isPresent();
        if (!same) {
            throw RerunRefusal.wrong("Execution " + id + " of job '" + last.job() + "' was continued by execution "
                    + last.executionId() + ", which is " + last.status() + ": " + next);
        }
        if (last.status().equals("COMPLETED")) {
            throw new RerunRefusal(
                    new RunOutcome.NothingNew("Nothing was done: execution " + id + " of job '" + last.job()
                            + "' was run again from " + request.from() + " by execution " + last.executionId()
                            + ", which is complete. " + next + " does it once more."));
        }
        return new RerunPlan(
                id,
                last.job(),
                last.instanceId(),
                last.parameters(),
                request.from(),
                note.orElseThrow().from(),
                true,
                List.of(),
                List.of(),
                List.of(),
                0,
                Map.of(),
                List.of("it was set back before, and goes on where execution " + last.executionId() + " ended; " + next
                        + " sets it back once more"));
    }

    private static Map<Path, Path> putBack(Phase from, PastRun run) throws IOException {
        Map<Path, Path> putBack = new TreeMap<>();
        if (from == Phase.EXTRACT || from == Phase.PROCESS) {
            for (Map.Entry<InputFile, Path> archived : run.archived().entrySet()) {
                putBack.put(archived.getKey().path(), archived.getValue());
            }
        }
        return putBack;
    }

    private static void requireNoProblems(RerunRequest request, Phase from, PastRun run) throws IOException {
        Set<Phase> before = EnumSet.range(Phase.INIT, from);
        before.remove(from);
        List<Problem> problems = new ArrayList<>(run.problems(before));
        if (!problems.isEmpty() && from == Phase.DOWNLOAD) {
            run.archived()
                    .forEach((file, place) -> problems.add(Problem.mayPass("What execution " + request.executionId()
                            + " had loaded of " + file.path() + " is in the archive: " + place)));
        }
        if (!problems.isEmpty()) {
            throw new RerunRefusal(new RunOutcome.Wrong(problems));
        }
    }

    private static void note(
            RunSummary last, Phase from, boolean published, @Nullable ApproveDefinition approve, List<String> notes) {
        if (approve != null && approve.phase().compareTo(from) > 0) {
            notes.add("approval is asked for again before " + approve.phase());
        }
        if (last.status().equals("NOTHING_NEW")) {
            notes.add("its input was what is published already; where it still is, it is loaded once more");
        }
        if (from == Phase.FINALIZE && published) {
            notes.add("the publication stands, nothing is published again: FINALIZE archives and cleans up");
        }
    }
}
