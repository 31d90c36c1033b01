package dev.etljar.extract;

import dev.etljar.run.RunFailedException;
import dev.etljar.run.StopSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An archive's bytes as they are on the disk. A disk that cannot be read is a {@link RunFailedException} here, so that every
 * {@link IOException} of the code that reads archives is about their content. Reading beyond what was allowed refuses the archive:
 * that is how headers without end cost no memory.
 */
final class ArchiveChannel implements SeekableByteChannel {

    private final Path file;
    private final String archive;
    private final StopSignal stop;
    private final SeekableByteChannel channel;
    private long read;
    private long allowed;

    ArchiveChannel(Path file, String archive, StopSignal stop) {
        this.file = file;
        this.archive = archive;
        this.stop = stop;
        try {
            this.channel = Files.newByteChannel(file);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Permits so many bytes more from here on. */
    void allow(long bytes) {
        allowed = read + bytes;
    }

    /** Bytes read so far; more than the file's size where parts were read twice. */
    long bytesRead() {
        return read;
    }

    @Override
    public int read(ByteBuffer target) {
        stop.throwIfRequested();
        try {
            int n = channel.read(target);
            read += Math.max(n, 0);
            if (read > allowed) {
                throw Refusal.of(archive, "its headers are larger than those of any honest archive");
            }
            return n;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        // A negative one comes from the archive's content.
        if (position < 0) {
            throw new IOException("it points to " + position);
        }
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException("an archive is only read");
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("an archive is only read");
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private RunFailedException failure(IOException cause) {
        return new RunFailedException("cannot read " + file + ": " + cause, cause);
    }
}
