package dev.etljar.extract;

import dev.etljar.run.PartialFile;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.Sha256;
import dev.etljar.run.StopSignal;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The list of an archive's entries that are unpacked, one line each, written after the entry's file has got its name.
 * Its first line says what it was made for; its last one, {@code complete}, that nothing is missing. A kill may tear the line
 * that is being written: it is cut off, and its entry is unpacked again.
 */
final class FinishedEntries {

    /** One unpacked entry. */
    record Finished(long size, String sha256) {}

    private static final String COMPLETE = "complete";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) ([0-9]{1,18}) (.+)", Pattern.DOTALL);

    private final Path list;
    private final Path folder;
    private final StopSignal stop;
    private final Map<String, Finished> entries = new LinkedHashMap<>();
    private boolean complete;

    /**
     * Goes on with the list, or begins it, with an empty folder, where it was made for something else.
     *
     * @param folder where the entries' files are
     * @param key what the list is for, on one line
     */
    FinishedEntries(Path list, Path folder, String key, StopSignal stop) {
        this.list = list;
        this.folder = folder;
        this.stop = stop;
        try {
            String text = Files.exists(list) ? new String(Files.readAllBytes(list), StandardCharsets.UTF_8) : "";
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            if (!whole.startsWith(key + "\n")) {
                FileSystemUtils.deleteRecursively(folder);
                whole = key + "\n";
            }
            if (!whole.equals(text)) {
                replace(whole);
            }
            whole.lines().skip(1).forEach(this::read);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Whether everything of the archive is in the list. */
    boolean isComplete() {
        return complete;
    }

    /** Their names, in the archive's order. */
    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** The entry, if its file is still the one that was written; the file is read for that. */
    @Nullable
    Finished verified(EntryName name) {
        Finished finished = entries.get(name.path());
        Path file = name.below(folder);
        try {
            boolean same = finished != null
                    && Files.isRegularFile(file)
                    && Files.size(file) == finished.size()
                    && Sha256.of(file, stop).equals(finished.sha256());
            return same ? finished : null;
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + file + ": " + PlainWords.reason(e), e);
        }
    }

    void add(EntryName name, Finished finished) {
        append(finished.sha256() + " " + finished.size() + " " + name);
        entries.put(name.path(), finished);
    }

    void complete() {
        if (!complete) {
            append(COMPLETE);
            complete = true;
        }
    }

    private void read(String line) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
            entries.put(matcher.group(3), new Finished(Long.parseLong(matcher.group(2)), matcher.group(1)));
        }
        complete |= line.equals(COMPLETE);
    }

    private void replace(String text) {
        try (PartialFile partial = PartialFile.create(list.resolveSibling(list.getFileName() + ".part"))) {
            partial.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            partial.complete(list);
        }
    }

    private void append(String line) {
        try {
            Files.writeString(list, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private RunFailedException failure(IOException cause) {
        return new RunFailedException(
                "cannot use " + list + ": " + cause + "; correct that, then run the same command again", cause);
    }
}
