package dev.etljar.purge;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder with all that is in it, removed or, in a dry run, counted. Of a link it is the link that goes. */
final class FolderTree extends SimpleFileVisitor<Path> {

    private final boolean dryRun;
    private Removed removed = Removed.NOTHING;

    private FolderTree(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** Nothing where there is no such folder. */
    static Removed remove(Path folder, boolean dryRun) throws IOException {
        FolderTree tree = new FolderTree(dryRun);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(folder, tree);
        }
        return tree.removed;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!dryRun) {
            Files.delete(file);
        }
        removed = removed.plus(Removed.files(1, attributes.isRegularFile() ? attributes.size() : 0));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (!dryRun) {
            Files.delete(directory);
        }
        return FileVisitResult.CONTINUE;
    }
}
