package dev.etljar.job;

import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.text.Placeholders;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** INIT: what can be known to go wrong before the first step, all of it at once. It touches nothing but empty folders. */
public record Init(Path home, JobDefinition definition, Placeholders placeholders) {

    public List<Problem> problems(Rooms rooms, Set<Phase> done) {
        List<Problem> problems = new ArrayList<>();
        if (definition.finalization().archive() != null) {
            placeholders
                    .problems(definition.finalization().archive())
                    .forEach(problem -> problems.add(Problem.wrong("'finalize.archive': " + problem)));
        }
        if (problems.isEmpty()) {
            problems.addAll(rooms.check(done));
        }
        problems.addAll(workspaceProblems(rooms));
        return problems;
    }

    private List<Problem> workspaceProblems(Rooms rooms) {
        Path work = home.resolve("data/work");
        try {
            Files.createDirectories(work);
            if (!Files.isWritable(work)) {
                return List.of(Problem.wrong("The folder " + work + " cannot be written to by user '"
                        + System.getProperty("user.name") + "'; give that user the right, or start as the owner"));
            }
            long free = Files.getFileStore(work).getUsableSpace();
            long needed = rooms.localInputSize();
            return free >= needed
                    ? List.of()
                    : List.of(Problem.mayPass("The disk of " + work + " has " + free
                            + " bytes free, less than the input's " + needed + " bytes. Make room and run again"));
        } catch (IOException e) {
            return List.of(Problem.wrong("The folder " + work + " cannot be made: " + PlainWords.reason(e)));
        }
    }
}
