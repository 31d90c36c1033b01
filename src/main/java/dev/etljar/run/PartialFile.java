package dev.etljar.run;

import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A file that gets its name only when it is whole: written under a temporary name, hashed on the way, forced to the disk, then renamed.
 * A kill leaves at most the temporary file, which the next attempt overwrites. Every failure is a {@link RunFailedException}
 * that names the folder, because what fails here is the disk and not the data. Not thread-safe.
 */
public final class PartialFile implements AutoCloseable {

    private final Path temporary;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.digest();
    private long size;

    private PartialFile(Path temporary, FileChannel channel) {
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Begins the file, in a folder that is made where it is missing; what an earlier attempt left under this name is overwritten. */
    public static PartialFile create(Path temporary) {
        try {
            Files.createDirectories(folder(temporary));
            FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            return new PartialFile(temporary, channel);
        } catch (IOException e) {
            throw failure(temporary, 0, e);
        }
    }

    /** Appends what remains in the buffer. */
    public void write(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
        try {
            while (bytes.hasRemaining()) {
                size += channel.write(bytes);
            }
        } catch (IOException e) {
            throw failure(temporary, size, e);
        }
    }

    /** Bytes written so far. */
    public long size() {
        return size;
    }

    /**
     * Ends the file and gives it its name, on the same file system; nothing can be written afterwards.
     *
     * @return its SHA-256
     */
    public String complete(Path target) {
        String sha256 = sha256();
        try {
            channel.force(true);
            channel.close();
            Files.createDirectories(folder(target));
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(target, size, e);
        }
        return sha256;
    }

    /** The SHA-256 of what was written so far. */
    public String sha256() {
        try {
            return Sha256.hex((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java platform can clone a SHA-256", e);
        }
    }

    /** Removes the temporary file, unless it has got its name. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw failure(temporary, size, e);
        }
    }

    private static RunFailedException failure(Path file, long written, IOException cause) {
        Path folder = folder(file);
        return new RunFailedException(
                "cannot write to " + folder + ": " + PlainWords.reason(cause) + " (after " + written + " bytes of "
                        + file.getFileName() + ", " + free(folder) + "); make room there or correct its"
                        + " permissions, then run the same command again",
                cause);
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }

    private static String free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() + " bytes free";
        } catch (IOException e) {
            return "free space unknown";
        }
    }
}
