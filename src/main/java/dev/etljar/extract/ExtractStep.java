package dev.etljar.extract;

import dev.etljar.run.DataRefusedException;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import dev.etljar.run.Progress;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.StoppedException;
import dev.etljar.text.PlainWords;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * Takes the wanted files out of archives, which are told by their content: zip, gzip, tar, and a tar in a gzip. What is no archive is
 * handed on in place; an archive inside an archive is a file like any other. Each archive has a folder of its own below
 * {@link dev.etljar.run.Workspace#extract()}. A finished file is not unpacked again: calling {@link #run} after a kill goes on. Not thread-safe.
 */
public final class ExtractStep {

    private static final int BLOCK = 1 << 16;

    private final ExtractDefinition definition;
    private final RunContext context;

    public ExtractStep(ExtractDefinition definition, RunContext context) {
        this.definition = definition;
        this.context = context;
    }

    /**
     * The data files, in the order of the downloads and of the entries in them.
     *
     * @throws DataRefusedException when an archive is damaged or hostile, or holds nothing that is wanted
     * @throws RunFailedException when this machine's disk cannot be read or written
     * @throws StoppedException when asked to stop
     */
    public InputFiles run(InputFiles downloaded) {
        List<InputFile> data = new ArrayList<>();
        long total = downloaded.size();
        long before = 0;
        int number = 0;
        for (InputFile file : downloaded.files()) {
            number++;
            context.stop().throwIfRequested();
            data.addAll(filesOf(file, number, before, total));
            before += file.size();
            report(before, total);
        }
        return new InputFiles(data);
    }

    /** Removes what was unpacked, so that it is unpacked anew. */
    public void discard() throws IOException {
        FileSystemUtils.deleteRecursively(context.workspace().extract());
    }

    private List<InputFile> filesOf(InputFile file, int number, long before, long total) {
        ArchiveFormat format = ArchiveFormat.of(file.path());
        if (format == ArchiveFormat.NONE) {
            return List.of(file);
        }
        Path folder = context.workspace().extract().resolve(Integer.toString(number));
        try (ArchiveChannel channel = new ArchiveChannel(file.path(), file.source(), context.stop())) {
            Unpacking unpacking =
                    new Unpacking(file, folder, definition, context, channel, done -> report(before + done, total));
            Optional<List<InputFile>> earlier = unpacking.earlier();
            return earlier.isPresent() ? earlier.get() : unpackUnchanged(format, unpacking);
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + file.path() + ": " + PlainWords.reason(e), e);
        }
    }

    /** An archive that is written to while it is read may give a mix, or look damaged: it is told that it has changed. */
    private List<InputFile> unpackUnchanged(ArchiveFormat format, Unpacking unpacking) throws IOException {
        try {
            List<InputFile> unpacked = unpack(format, unpacking);
            unpacking.archive().requireUnchanged(context.stop());
            return unpacked;
        } catch (DataRefusedException e) {
            unpacking.archive().requireUnchanged(context.stop());
            throw e;
        }
    }

    private static List<InputFile> unpack(ArchiveFormat format, Unpacking unpacking) {
        try {
            switch (format) {
                case ZIP -> new ZipReader(unpacking).read();
                case GZIP -> new GzipReader(unpacking).read();
                case TAR ->
                    new TarReader(unpacking)
                            .read(new BufferedInputStream(Channels.newInputStream(unpacking.channel()), BLOCK));
                case NONE -> throw new IllegalArgumentException("not an archive: " + unpacking.archive());
            }
            return unpacking.complete();
        } catch (DataRefusedException | RunFailedException | StoppedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library answers hostile headers with whatever exception their arithmetic ends in.
            throw Refusal.damaged(unpacking.archive().source(), e);
        }
    }

    private void report(long done, long total) {
        context.listener().progressed(Progress.bytes(Phase.EXTRACT, done, total));
    }
}
