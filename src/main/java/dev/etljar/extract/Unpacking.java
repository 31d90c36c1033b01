package dev.etljar.extract;

import dev.etljar.extract.FinishedEntries.Finished;
import dev.etljar.run.FileStamp;
import dev.etljar.run.Glob;
import dev.etljar.run.InputFile;
import dev.etljar.run.PartialFile;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.Sha256;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One archive being unpacked, whatever its format: which entries may come out, which are wanted, which are finished, and the
 * writing of those that are not. The readers of the formats give it one entry after the other, in the archive's order.
 */
final class Unpacking {

    /** Packed bytes without a single unpacked one: enough for every header. */
    private static final long WINDOW = 16L << 20;

    private static final int BLOCK = 1 << 16;
    private static final int SHOWN = 10;

    /** Says whether an entry's content is the one that the archive promised; refuses it if not. */
    interface Check {
        void verify(long size) throws IOException;
    }

    private final InputFile archive;
    private final Path folder;
    private final Path temporary;
    private final List<Glob> include;
    private final Limits limits;
    private final FinishedEntries finished;
    private final ArchiveChannel channel;
    private final LongConsumer progress;
    private final Set<String> names = new HashSet<>();
    private final List<String> shown = new ArrayList<>();
    private final Map<String, InputFile> taken = new LinkedHashMap<>();

    /**
     * @param folder where the entries go; the list of the finished ones and the temporary file stand beside it
     * @param progress hears how many of the archive's bytes were read
     */
    Unpacking(
            InputFile archive,
            Path folder,
            ExtractDefinition definition,
            RunContext context,
            ArchiveChannel channel,
            LongConsumer progress) {
        this.archive = archive;
        this.folder = folder;
        this.temporary = folder.resolveSibling(folder.getFileName() + ".part");
        this.include = definition.include().stream().map(Glob::of).toList();
        this.limits = new Limits(archive, definition);
        this.channel = channel;
        this.progress = progress;
        // The name too, because a gzip's file is named after it.
        String how = archive.name() + "\n" + String.join("\n", definition.include());
        String key = "unpacked from " + archive.sha256() + " by " + Sha256.of(how);
        this.finished = new FinishedEntries(
                folder.resolveSibling(folder.getFileName() + ".finished"), folder, key, context.stop());
    }

    InputFile archive() {
        return archive;
    }

    ArchiveChannel channel() {
        return channel;
    }

    Limits limits() {
        return limits;
    }

    /** The files of an earlier call that had come to its end, if all of them are still as they were. */
    Optional<List<InputFile>> earlier() {
        if (!finished.isComplete()) {
            return Optional.empty();
        }
        for (String path : finished.names()) {
            if (!isTaken(new EntryName(path))) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(taken.values()));
    }

    /** Counts an entry and checks its name; every entry passes here, wanted or not. */
    EntryName enter(String rawName, boolean isFile) {
        limits.countEntry();
        EntryName name = EntryName.of(archive.source(), rawName);
        if (!isFile) {
            return name;
        }
        if (name.isRoot()) {
            throw Refusal.of(archive.source(), "one of its entries has no name");
        }
        if (!names.add(name.path())) {
            throw Refusal.of(archive.source(), name, "there is more than one entry of this name");
        }
        if (shown.size() < SHOWN) {
            shown.add(name.path());
        }
        return name;
    }

    /** Whether the entry is to be given to {@link #take}: it is wanted and not there yet. */
    boolean needs(EntryName name) {
        return include.stream().anyMatch(glob -> glob.matches(name.path())) && !isTaken(name);
    }

    /** Counts what a decompressor gives, against the limits. */
    MeteredStream metered(InputStream unpacked) {
        channel.allow(WINDOW);
        return new MeteredStream(unpacked, bytes -> {
            channel.allow(WINDOW);
            limits.countBytes(bytes);
            progress.accept(Math.min(channel.bytesRead(), archive.size()));
        });
    }

    /** Writes the entry's file, which gets its name once its content is verified. */
    void take(EntryName name, InputStream content, Check check) throws IOException {
        try (PartialFile partial = PartialFile.create(temporary)) {
            byte[] block = new byte[BLOCK];
            for (int n = content.read(block); n >= 0; n = content.read(block)) {
                partial.write(ByteBuffer.wrap(block, 0, n));
            }
            check.verify(partial.size());
            Path file = freePath(name);
            long size = partial.size();
            Finished entry = new Finished(size, partial.complete(file));
            finished.add(name, entry);
            taken.put(name.path(), inputFile(name, entry));
        }
    }

    /** Ends the archive: what was taken from it, and a refusal where that is nothing. */
    List<InputFile> complete() {
        if (taken.isEmpty()) {
            String globs = String.join(", ", include.stream().map(Glob::text).toList());
            throw Refusal.of(
                    archive.source(),
                    names.isEmpty()
                            ? "it holds no files"
                            : "none of its " + names.size() + " files fits 'include' (" + globs + "); it holds "
                                    + String.join(", ", shown) + (names.size() > shown.size() ? ", …" : ""));
        }
        finished.complete();
        return List.copyOf(taken.values());
    }

    private boolean isTaken(EntryName name) {
        @Nullable Finished entry = finished.verified(name);
        if (entry != null) {
            taken.put(name.path(), inputFile(name, entry));
        }
        return entry != null;
    }

    /** Refuses names that are a file here and a folder there, or that the file system takes for the same. */
    private Path freePath(EntryName name) {
        Path file = name.below(folder);
        try {
            if (Files.isDirectory(file) || hasFileAbove(file)) {
                throw Refusal.of(archive.source(), name, "another entry uses its name, one as a file, one as a folder");
            }
            // Without regard to case two entries would be one file, and one of them would be lost.
            if (Files.exists(file)
                    && !file.toRealPath()
                            .getFileName()
                            .toString()
                            .equals(file.getFileName().toString())) {
                throw Refusal.of(archive.source(), name, "on this file system it is the same as another entry");
            }
            return file;
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + file + ": " + PlainWords.reason(e), e);
        }
    }

    private boolean hasFileAbove(Path file) {
        for (@Nullable Path above = file.getParent();
                above != null && !above.equals(folder);
                above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return true;
            }
        }
        return false;
    }

    private InputFile inputFile(EntryName name, Finished entry) {
        Path file = name.below(folder);
        try {
            return new InputFile(
                    name.path(), file, entry.size(), entry.sha256(), archive.source() + "!" + name, FileStamp.of(file));
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + file + ": " + PlainWords.reason(e), e);
        }
    }
}
