package dev.etljar.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Once it is {@linkplain #enforce enforced}: one connection at a time over all processes that use the lock file. They take
 * turns by its first two bytes: whoever locks the second one is next, and keeps it until it has locked the first one. A
 * process that writes chunk after chunk would otherwise have the lock again before one that waits for it is woken.
 */
final class LockedSource extends DelegatingDataSource {

    private static final long WRITER = 0;
    private static final long NEXT = 1;

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration HURRIED = Duration.ofSeconds(2);

    private final Path lockFile;
    private volatile Duration patience = PATIENCE;
    private final ReentrantLock inProcess = new ReentrantLock();
    private final AtomicReference<@Nullable FileLock> betweenProcesses = new AtomicReference<>();
    private final AtomicReference<@Nullable FileChannel> channel = new AtomicReference<>();

    LockedSource(DataSource connections, Path lockFile) {
        super(connections);
        this.lockFile = lockFile;
    }

    void enforce() throws IOException {
        if (channel.get() == null) {
            Files.createDirectories(lockFile.toAbsolutePath().getParent());
            channel.set(open());
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return channel.get() == null ? super.getConnection() : exclusive();
    }

    /** A thread that holds the lock may take a second connection within its first one. */
    private Connection exclusive() throws SQLException {
        lockInProcess();
        try {
            if (inProcess.getHoldCount() == 1) {
                betweenProcesses.set(inTurn(usable()));
            }
            return releasing(super.getConnection());
        } catch (IOException e) {
            release();
            throw new SQLTransientException("cannot lock " + lockFile, e);
        } catch (SQLException | RuntimeException e) {
            release();
            throw e;
        }
    }

    /** A thread that was interrupted takes what is free. The own threads are waited for also by who hurries. */
    private void lockInProcess() throws SQLTransientException {
        if (inProcess.tryLock()) {
            return;
        }
        try {
            if (!inProcess.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientException("another thread has been writing into this database for longer than "
                        + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientException("interrupted while another thread writes", e);
        }
    }

    /** An interrupt of the thread that locks it closes a channel for good. */
    private FileChannel usable() throws IOException {
        @Nullable FileChannel file = channel.get();
        if (file == null || !file.isOpen()) {
            file = open();
            channel.set(file);
        }
        return file;
    }

    private FileLock inTurn(FileChannel file) throws IOException, SQLTransientException {
        long start = System.nanoTime();
        try (FileLock next = await(file, NEXT, start)) {
            return await(next.channel(), WRITER, start);
        }
    }

    /** Not {@link FileChannel#lock}, which waits for ever. */
    private FileLock await(FileChannel file, long at, long start) throws IOException, SQLTransientException {
        @Nullable FileLock lock = file.tryLock(at, 1, false);
        while (lock == null) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new SQLTransientException("another process has been writing into this database for longer than "
                        + patience.toSeconds() + " s, see " + lockFile);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SQLTransientException("interrupted while another process writes, see " + lockFile);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            lock = file.tryLock(at, 1, false);
        }
        return lock;
    }

    /** From here on it does not wait for other processes for long. */
    void hurry() {
        patience = HURRIED;
    }

    /** The connection, which gives the lock back when it is closed. */
    private Connection releasing(Connection connection) {
        AtomicBoolean open = new AtomicBoolean(true);
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    } finally {
                        if (method.getName().equals("close") && open.compareAndSet(true, false)) {
                            release();
                        }
                    }
                });
    }

    private void release() {
        try {
            @Nullable FileLock lock = inProcess.getHoldCount() == 1 ? betweenProcesses.getAndSet(null) : null;
            if (lock != null) {
                lock.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + lockFile, e);
        } finally {
            inProcess.unlock();
        }
    }
}
