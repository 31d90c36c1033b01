package dev.etljar.finalize;

import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Problem;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where the input goes after it was published: {@code ARCHIVE/JOB/INSTANCE/}, so that no file meets another of its name. */
final class Archive {

    private final Path folder;
    private final Path own;

    Archive(RunContext context, String archive) {
        this.folder =
                context.home().resolve(context.placeholders().resolve(archive)).normalize();
        this.own = folder.resolve(context.job()).resolve(Long.toString(context.instanceId()));
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

    void take(InputFiles input) throws IOException {
        for (int i = 0; i < input.files().size(); i++) {
            InputFile file = input.files().get(i);
            Path source = file.path();
            Path target = own.resolve((i + 1) + "-" + file.path().getFileName());
            if (Files.exists(source)) {
                Files.createDirectories(own);
                move(source, target);
            } else if (!Files.exists(target)) {
                throw new RunFailedException(file.source() + " is neither at " + source + " nor in the archive at "
                        + target + "; the data is published, but its input is gone");
            }
        }
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
