package dev.etljar.purge;

import dev.etljar.finalize.Archive;
import dev.etljar.repository.RunInputs;
import dev.etljar.run.InputFiles;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunId;
import dev.etljar.run.StopSignal;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a job's runs: their workspaces, and of the archive what they have put there.
 *
 * @param archive as the definition has it, or null where there is none
 */
record RunFiles(
        Path home, String job, String repository, @Nullable String archive, RunInputs inputs, boolean dryRun) {

    private static final Path WORK = Path.of("data/work");

    /** @throws RunFailedException where the way to the workspace leads over a link, which is not followed */
    Removed remove(RunRow run) throws IOException {
        return removeArchived(run).plus(removeWorkspace(run));
    }

    private Removed removeWorkspace(RunRow run) throws IOException {
        Path folder = home.resolve(WORK).resolve(job);
        Path root = folder.resolve(Long.toString(run.instance()));
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return Removed.NOTHING;
        }
        // The folder of all workspaces may be a link that the operator made; nothing below it is.
        if (!folder.toRealPath().equals(home.resolve(WORK).toRealPath().resolve(job))) {
            throw new RunFailedException(folder + " is a link, which is not followed. Put the folder itself there");
        }
        return FolderTree.remove(root, dryRun);
    }

    private Removed removeArchived(RunRow run) throws IOException {
        // The input of a replay is no file that was delivered.
        Optional<InputFiles> input = archive == null || run.replayed().isPresent() || !run.whole()
                ? Optional.empty()
                : inputs.of(run.instance());
        if (archive == null || input.isEmpty()) {
            return Removed.NOTHING;
        }
        Removed removed = Removed.NOTHING;
        Archive kept = new Archive(context(run), archive);
        for (Path file : kept.taken(input.get(), new StopSignal())) {
            removed = removed.plus(Removed.files(1, Files.size(file)));
            if (!dryRun) {
                Files.delete(file);
                deleteWhereEmpty(kept.own());
            }
        }
        return removed;
    }

    private static void deleteWhereEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            // What else is in it is not this run's.
        }
    }

    private RunContext context(RunRow run) {
        return RunContext.between(job, new RunId(repository, run.instance()), home, run.parameters(), System.getenv());
    }
}
