package dev.etljar.download;

import dev.etljar.run.DataRefusedException;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.Progress;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/**
 * Makes every source of the definition an {@link InputFile}, in the definition's order. A local file is used in place.
 * A remote one is fetched into a folder of its own below {@link dev.etljar.run.Workspace#download()}, so equal names do not meet;
 * once fetched and verified it is kept: calling {@link #run()} again after a kill fetches only what is missing. Not thread-safe.
 */
public final class DownloadStep {

    private final List<DownloadDefinition> definitions;
    private final RunContext context;
    private final Patience patience;

    public DownloadStep(List<DownloadDefinition> sources, RunContext context) {
        this(sources, context, Patience.untilStopped(context.stop()));
    }

    DownloadStep(List<DownloadDefinition> sources, RunContext context, Patience patience) {
        this.definitions = List.copyOf(sources);
        this.context = context;
        this.patience = patience;
    }

    /** What would keep the sources from being read, all of it at once. Touches no network and creates nothing. */
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        addProblems(problems, wrong -> problems.add(Problem.wrong(wrong)));
        return problems;
    }

    /** What keeps its local sources from being read; of one that only a start with its job parameters can name, nothing. */
    public List<Problem> localProblems() {
        List<Problem> problems = new ArrayList<>();
        addProblems(problems, wrong -> {});
        return problems;
    }

    private void addProblems(List<Problem> problems, Consumer<String> wrong) {
        for (int number = 1; number <= definitions.size(); number++) {
            try {
                if (source(number) instanceof LocalSource local) {
                    local.problem().ifPresent(problems::add);
                }
            } catch (IllegalArgumentException e) {
                wrong.accept(String.valueOf(e.getMessage()));
            }
        }
    }

    /** How many bytes the local sources have that are there; what is wrong with a source, {@link #check} tells. */
    public long localSize() throws IOException {
        long size = 0;
        for (int number = 1; number <= definitions.size(); number++) {
            try {
                size += source(number) instanceof LocalSource local && Files.isRegularFile(local.path())
                        ? Files.size(local.path())
                        : 0;
            } catch (IllegalArgumentException e) {
                // Nothing is read of it.
            }
        }
        return size;
    }

    /**
     * Fetches and hashes all of them.
     *
     * @throws DataRefusedException when a content is not the one that the definition expects
     * @throws RunFailedException when a source cannot be had, saying whether trying again may help
     * @throws dev.etljar.run.StoppedException when asked to stop
     */
    public InputFiles run() {
        List<InputFile> files = new ArrayList<>();
        long before = 0;
        for (int number = 1; number <= definitions.size(); number++) {
            context.stop().throwIfRequested();
            InputFile file = obtain(number, meter(before, number == definitions.size()));
            files.add(file);
            before += file.size();
        }
        return new InputFiles(files);
    }

    /**
     * What has changed in the sources since {@link #run()} found this input, expected against actual. A local file that
     * is gone has not changed: it may be archived already, or no longer be needed. Saves nothing.
     *
     * @param askRemote whether to ask remote sources too; else what was fetched stands for them
     * @throws RunFailedException when a server cannot be asked
     */
    public Optional<String> changed(InputFiles before, boolean askRemote) {
        if (before.files().size() != definitions.size()) {
            return Optional.of(
                    "The sources have changed: expected " + before.files().size() + ", actual " + definitions.size());
        }
        for (int number = 1; number <= definitions.size(); number++) {
            Optional<String> change = changed(number, before.files().get(number - 1), askRemote);
            if (change.isPresent()) {
                return change;
            }
        }
        return Optional.empty();
    }

    /** Removes what was fetched, so that it is fetched anew. */
    public void discard() throws IOException {
        FileSystemUtils.deleteRecursively(context.workspace().download());
    }

    private InputFile obtain(int number, Meter meter) {
        Source source = validSource(number);
        if (source instanceof RemoteSource remote) {
            return remoteFile(number, remote).fetch(meter);
        }
        InputFile file = ((LocalSource) source).read(context.stop());
        Checksum.verify(source, file.sha256());
        meter.moved(file.size(), file.size());
        return file;
    }

    private Optional<String> changed(int number, InputFile before, boolean askRemote) {
        Source source = validSource(number);
        if (!sameSource(source, before)) {
            return Optional.of("The source has changed: expected " + before.source() + ", actual " + source.label());
        }
        if (source instanceof RemoteSource remote) {
            return askRemote && !remoteFile(number, remote).isUnchanged(before)
                    ? Optional.of("The content of " + remote.label() + " has changed")
                    : Optional.empty();
        }
        LocalSource local = (LocalSource) source;
        if (!Files.exists(local.path())) {
            return Optional.empty();
        }
        InputFile now = local.read(context.stop());
        return now.sha256().equals(before.sha256())
                ? Optional.empty()
                : Optional.of(
                        "The input " + local.label() + " has changed: expected " + before.size() + " bytes, sha256 "
                                + before.sha256() + ", actual " + now.size() + " bytes, sha256 " + now.sha256());
    }

    /** A path counts where it leads to: the same home may be named in several ways. */
    private static boolean sameSource(Source source, InputFile before) {
        return source instanceof LocalSource local
                ? local.path()
                        .toAbsolutePath()
                        .normalize()
                        .equals(before.path().toAbsolutePath().normalize())
                : source.label().equals(before.source());
    }

    private RemoteFile remoteFile(int number, RemoteSource source) {
        Path folder = context.workspace().download().resolve(Integer.toString(number));
        return new RemoteFile(source, folder, context, patience);
    }

    /** The total is known while the last source is fetched; before that, nobody can say how large the others are. */
    private Meter meter(long before, boolean last) {
        return (done, total) -> context.listener()
                .progressed(Progress.bytes(Phase.DOWNLOAD, before + done, last && total >= 0 ? before + total : -1));
    }

    private Source validSource(int number) {
        try {
            return source(number);
        } catch (IllegalArgumentException e) {
            throw new RunFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private Source source(int number) {
        try {
            return Source.of(definitions.get(number - 1), context);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("download source " + number + ": " + e.getMessage(), e);
        }
    }
}
