package dev.etljar.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Makes one connection after the other, over all processes that use the lock file. Of two processes that open an H2 file
 * at once that a killed one has left behind, each may take the other for the owner of H2's own lock, and both give up.
 */
final class OpenedInTurn extends DelegatingDataSource {

    /** A file can be locked once in a process. */
    private static final Object IN_PROCESS = new Object();

    private final Path lockFile;

    OpenedInTurn(DataSource driver, Path lockFile) {
        super(driver);
        this.lockFile = lockFile.toAbsolutePath();
    }

    @Override
    public Connection getConnection() throws SQLException {
        synchronized (IN_PROCESS) {
            try (FileChannel file = open();
                    FileLock turn = file.lock()) {
                assert turn.isValid();
                return super.getConnection();
            } catch (IOException e) {
                throw new SQLTransientException("cannot lock " + lockFile, e);
            }
        }
    }

    /** The pool's user is the driver's. */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(lockFile.getParent());
        return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
