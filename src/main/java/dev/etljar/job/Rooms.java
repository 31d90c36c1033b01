package dev.etljar.job;

import dev.etljar.download.DownloadStep;
import dev.etljar.extract.ExtractStep;
import dev.etljar.finalize.FinalizeStep;
import dev.etljar.process.ProcessStep;
import dev.etljar.process.ReplayStep;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.Publications;
import dev.etljar.validate.ValidateStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The five rooms of one run.
 *
 * @param replay what takes the place of DOWNLOAD and EXTRACT in a replay, or null
 * @param keys the key columns of each target table, empty where publishing needs none
 * @param publications what was published into the target
 */
public record Rooms(
        DownloadStep download,
        @Nullable ReplayStep replay,
        ExtractStep extract,
        ProcessStep process,
        ValidateStep validate,
        FinalizeStep finalization,
        Map<String, List<String>> keys,
        Publications publications) {

    /** Everything that keeps the rooms that are not done yet from doing their work. */
    public List<Problem> check(Set<Phase> done) {
        List<Problem> problems = new ArrayList<>();
        if (replay == null && !done.contains(Phase.DOWNLOAD)) {
            problems.addAll(download.check());
        }
        if (!done.contains(Phase.PROCESS)) {
            problems.addAll(process.check());
        }
        if (!done.contains(Phase.FINALIZE)) {
            problems.addAll(finalization.check(keys));
        }
        return problems;
    }

    /** How many bytes the local sources have; the size of a remote one is known when it answers. */
    long localInputSize() throws IOException {
        return replay == null ? download.localSize() : 0;
    }

    /** Whether rows were staged by loads that were defined otherwise than they are now. */
    public boolean redefined(ExecutionContext jobContext) {
        return process.redefined(jobContext);
    }

    /**
     * What has changed in the sources since they gave this input, expected against actual; a local file that is gone
     * has not changed.
     *
     * @param askRemote whether to ask remote sources too
     */
    public Optional<String> changed(InputFiles input, boolean askRemote) throws IOException {
        // What is replayed, with its checksum, is what makes the run this one.
        return replay == null ? download.changed(input, askRemote) : Optional.empty();
    }

    /** Where those of the input files are that were archived and are nowhere else. */
    public Map<InputFile, Path> archived(InputFiles input) throws IOException {
        return finalization.archived(input);
    }

    /** Puts them back where they were read. */
    public void putBackArchived(InputFiles input) throws IOException {
        finalization.putBackArchived(input);
    }

    /**
     * Removes what the steps from this one on have made, as far as they make it anew; done again after a kill, it ends the same.
     *
     * @param fence throws {@code TakenOverException} where another process runs the job now
     */
    public void discard(Phase from, Runnable fence) throws IOException {
        fence.run();
        if (from.compareTo(Phase.DOWNLOAD) <= 0) {
            download.discard();
        }
        if (from.compareTo(Phase.EXTRACT) <= 0) {
            extract.discard();
        }
        if (from.compareTo(Phase.PROCESS) <= 0) {
            process.discardAll(fence);
        }
    }

    /** Removes what the run staged and fetched; its reports and rejects stay. */
    public void discard() throws IOException {
        process.discard();
        finalization.discard();
    }
}
