package dev.etljar.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the file system says of a file without reading it: where it is as it was, nobody has written to the file or put
 * another one in its place. Where it is not, only its content tells.
 *
 * @param size in bytes
 * @param modified when it was last written to
 * @param key tells the file from another one of its name, such as by device and inode; null where the file system has none
 */
public record FileStamp(
        long size, Instant modified, @Nullable String key) {

    /** The stamp of the file as it is now. */
    public static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                attributes.fileKey() == null ? null : Objects.toString(attributes.fileKey()));
    }
}
