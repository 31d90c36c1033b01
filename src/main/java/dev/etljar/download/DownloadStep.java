package dev.etljar.download;

import dev.etljar.run.DataRefusedException;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.Problem;
import dev.etljar.run.Progress;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        for (int number = 1; number <= definitions.size(); number++) {
            try {
                if (source(number) instanceof LocalSource local) {
                    local.problem().ifPresent(problems::add);
                }
            } catch (IllegalArgumentException e) {
                problems.add(Problem.wrong(String.valueOf(e.getMessage())));
            }
        }
        return problems;
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
     * Whether every source is still byte for byte what {@link #run()} found, for a run whose data was refused. Saves nothing.
     *
     * @throws RunFailedException when a server cannot be asked
     */
    public boolean unchanged(InputFiles before) {
        if (before.files().size() != definitions.size()) {
            return false;
        }
        for (int number = 1; number <= definitions.size(); number++) {
            if (!isUnchanged(number, before.files().get(number - 1))) {
                return false;
            }
        }
        return true;
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

    private boolean isUnchanged(int number, InputFile before) {
        Source source = validSource(number);
        if (source instanceof RemoteSource remote) {
            return remote.label().equals(before.source())
                    && remoteFile(number, remote).isUnchanged(before);
        }
        LocalSource local = (LocalSource) source;
        return local.label().equals(before.source())
                && Files.exists(local.path())
                && local.read(context.stop()).sha256().equals(before.sha256());
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
