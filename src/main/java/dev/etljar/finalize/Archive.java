package dev.etljar.finalize;

import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Problem;
import dev.etljar.run.RunContext;
import dev.etljar.run.Sha256;
import dev.etljar.run.StopSignal;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the input goes after it was published: {@code ARCHIVE/JOB/INSTANCE/}, so that no file meets another of its name. */
public final class Archive {

    private final Path folder;
    private final RunContext context;
    private final Path own;

    /** @throws IllegalArgumentException where nothing resolves a placeholder of the archive's name */
    public Archive(RunContext context, String archive) {
        this.folder =
                context.home().resolve(context.placeholders().resolve(archive)).normalize();
        this.context = context;
        this.own = below(folder);
    }

    private Path below(Path root) {
        return root.resolve(context.job()).resolve(Long.toString(context.instanceId()));
    }

    /** The folder in which nothing but this run's input is put. */
    public Path own() {
        return own;
    }

    Optional<Problem> check() {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there != null && Files.isDirectory(there) && Files.isWritable(there)) {
            return Optional.empty();
        }
        return Optional.of(Problem.wrong("'finalize.archive': " + folder + " cannot be written to"));
    }

    /**
     * Moves the input. What is not the published input any more stays where it is: the next delivery may have taken its
     * name already.
     *
     * @return what could not be archived and why; the data is published, so that is no reason to fail
     */
    List<String> take(InputFiles input, StopSignal stop) throws IOException {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < input.files().size(); i++) {
            InputFile file = input.files().get(i);
            Path target = place(file, i + 1, stop);
            if (Files.exists(file.path()) && file.isUnchanged(stop)) {
                Files.createDirectories(own);
                move(file.path(), target);
            } else if (!Files.exists(target)) {
                warnings.add(file.source() + " was not archived: it was "
                        + (Files.exists(file.path())
                                ? "replaced after it was read, and what is there now was left there"
                                : "deleted after it was read"));
            }
        }
        return warnings;
    }

    /**
     * What {@link #take} has moved here and is here still, as it was. Links are not followed below the archive's folder: what
     * they lead to is somebody else's, as is a file of another content.
     */
    public List<Path> taken(InputFiles input, StopSignal stop) throws IOException {
        List<Path> taken = new ArrayList<>();
        if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)
                || !own.toRealPath().equals(below(folder.toRealPath()))) {
            return taken;
        }
        for (int i = 0; i < input.files().size(); i++) {
            InputFile file = input.files().get(i);
            Path target = place(file, i + 1, stop);
            InputFile there =
                    new InputFile(file.name(), target, file.size(), file.sha256(), file.source(), file.stamp());
            if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && there.isUnchanged(stop)) {
                taken.add(target);
            }
        }
        return taken;
    }

    /** Where those of the input files are that are archived, and no longer where they were read. */
    Map<InputFile, Path> missing(InputFiles input, StopSignal stop) throws IOException {
        Map<InputFile, Path> archived = new LinkedHashMap<>();
        for (int i = 0; i < input.files().size(); i++) {
            InputFile file = input.files().get(i);
            Path place = place(file, i + 1, stop);
            if (!Files.exists(file.path()) && Files.exists(place)) {
                archived.put(file, place);
            }
        }
        return archived;
    }

    /** @throws FileAlreadyExistsException where the next delivery has taken the place: it took a while to find what is missing */
    static void putBack(Path archived, Path place) throws IOException {
        if (Files.exists(place)) {
            throw new FileAlreadyExistsException(place.toString(), null, "was delivered anew meanwhile");
        }
        Files.createDirectories(place.toAbsolutePath().getParent());
        move(archived, place);
    }

    /** A run that was set back to DOWNLOAD may have another input by now: what was archived of the first one stays. */
    private Path place(InputFile file, int number, StopSignal stop) throws IOException {
        String name = "-" + file.path().getFileName();
        Path place = own.resolve(number + name);
        for (int more = 2; Files.exists(place) && !holds(place, file, stop); more++) {
            place = own.resolve(number + "." + more + name);
        }
        return place;
    }

    private static boolean holds(Path place, InputFile file, StopSignal stop) throws IOException {
        return Files.size(place) == file.size() && Sha256.of(place, stop).equals(file.sha256());
    }

    private static void move(Path source, Path target) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // Another file system: copy under a temporary name, so that a file in the archive is always whole.
            Path copy = target.resolveSibling(target.getFileName() + ".tmp");
            Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(source);
        }
    }
}
