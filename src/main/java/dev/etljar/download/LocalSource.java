package dev.etljar.download;

import dev.etljar.run.FileStamp;
import dev.etljar.run.InputFile;
import dev.etljar.run.Problem;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.Sha256;
import dev.etljar.run.StopSignal;
import dev.etljar.text.PlainWords;
import dev.etljar.text.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of this machine: it is used in place. */
record LocalSource(Path path, @Nullable String sha256) implements Source {

    /** The path of a {@code file:} URL, absolute or relative. */
    static String pathOfUrl(String url) {
        try {
            URI uri = new URI(url);
            String host = uri.getAuthority();
            if (host != null && !host.equals("localhost")) {
                throw new IllegalArgumentException("'" + shown(url) + "' names another host, '"
                        + host.replaceFirst(".*@", "") + "'; write file:/path or file:///path");
            }
            return uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + shown(url) + "' is not a URL: " + e.getReason() + " at character "
                    + (e.getIndex() + 1) + " (a blank is written %20)");
        }
    }

    private static String shown(String url) {
        return Secrets.masked(url.replaceFirst("(?s)[?#].*", ""));
    }

    @Override
    public String label() {
        return path.toString();
    }

    /** What keeps the file from being read; a missing one may come late. */
    Optional<Problem> problem() {
        if (!Files.exists(path)) {
            return Optional.of(Problem.mayPass(path + " does not exist; when it is there, run the same command again"));
        }
        if (Files.isDirectory(path)) {
            return Optional.of(Problem.wrong(path + " is a directory; name a file"));
        }
        if (!Files.isRegularFile(path)) {
            return Optional.of(
                    Problem.wrong(path + " is not a regular file, so it could not be read again at a restart"));
        }
        if (!Files.isReadable(path)) {
            return Optional.of(Problem.wrong(path + " may not be read by this user; correct its permissions"));
        }
        return Optional.empty();
    }

    /** Hashes the file; one that somebody is still writing is not taken. */
    InputFile read(StopSignal stop) {
        Optional<Problem> problem = problem();
        if (problem.isPresent()) {
            throw new RunFailedException(problem.get().message());
        }
        try {
            FileStamp stamp = FileStamp.of(path);
            String actual = Sha256.of(path, stop);
            if (!FileStamp.of(path).equals(stamp)) {
                throw new RunFailedException(
                        path + " changed while it was read; when it is written completely, run the same command again");
            }
            return new InputFile(fileName(), path, stamp.size(), actual, label(), stamp);
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + path + ": " + PlainWords.reason(e), e);
        }
    }

    private String fileName() {
        return String.valueOf(path.getFileName());
    }
}
