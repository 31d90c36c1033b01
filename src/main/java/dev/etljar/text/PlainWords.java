package dev.etljar.text;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What went wrong with a file or a connection, for who knows nothing of Java: its exceptions tell much of it by their types alone. */
public final class PlainWords {

    private PlainWords() {}

    /** With the file, where it is one. */
    public static String of(Throwable cause) {
        if (cause instanceof AccessDeniedException denied && denied.getFile() != null) {
            return denied(Path.of(denied.getFile()).normalize());
        }
        return cause instanceof FileSystemException failure && failure.getFile() != null
                ? failure.getFile() + ": " + reason(cause)
                : reason(cause);
    }

    /** Without the file, which the message names already. */
    public static String reason(Throwable cause) {
        if (cause instanceof FileSystemException failure) {
            return file(failure);
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return "nothing answers there" + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
        }
        if (cause instanceof UnknownHostException) {
            return "the host '" + cause.getMessage() + "' is not known";
        }
        if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
            return "no answer came in time" + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
        }
        if (cause instanceof CharacterCodingException) {
            return "it is not in its charset";
        }
        if (cause instanceof EOFException) {
            return "it ends too early";
        }
        return cause.getMessage() == null ? "it failed, as " + cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String file(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "user '" + user() + "' has no right to it";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "it is not empty";
        }
        @Nullable String reason = failure.getReason();
        if (failure instanceof FileAlreadyExistsException) {
            return "it is there already" + (reason == null ? "" : ": " + reason);
        }
        return reason == null ? "the file system refuses it" : reason;
    }

    /** To make or remove a file takes a right to its folder. */
    private static String denied(Path file) {
        @Nullable Path folder = file.toAbsolutePath().getParent();
        boolean closed = folder != null && !Files.isWritable(folder);
        return (closed
                        ? "The folder " + folder + " cannot be written to by user '"
                        : file + " may not be read or written by user '")
                + user() + "'; give that user the right, or start as the owner";
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
