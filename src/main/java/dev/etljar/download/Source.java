package dev.etljar.download;

import dev.etljar.run.RunContext;
import dev.etljar.text.Placeholders;
import dev.etljar.text.Secrets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a definition points to once its placeholders are resolved. */
sealed interface Source permits LocalSource, RemoteSource {

    /** At least two letters, so that a Windows drive is a path. */
    Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

    /** For messages and logs: without user info and query. */
    String label();

    /** The expected checksum, or null. */
    @Nullable
    String sha256();

    /** @throws IllegalArgumentException saying what is wrong with the definition, without its secrets */
    static Source of(DownloadDefinition definition, RunContext context) {
        String url = resolve(definition.url(), context.placeholders());
        String expected = definition.sha256();
        @Nullable
        String sha256 =
                expected == null ? null : DownloadDefinition.checksum(resolve(expected, context.placeholders()));
        Matcher matcher = SCHEME.matcher(url);
        String scheme = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
        return switch (scheme) {
            case "" -> new LocalSource(path(url, context.home()), sha256);
            case "file" -> new LocalSource(path(LocalSource.pathOfUrl(url), context.home()), sha256);
            case "http", "https" ->
                RemoteSource.of(url, context.placeholders().resolveShown(definition.url()), definition, sha256);
            default ->
                throw new IllegalArgumentException("the scheme '" + scheme + ":' is not supported;"
                        + " use a path, or a file:, http: or https: URL");
        };
    }

    private static String resolve(String text, Placeholders placeholders) {
        List<String> problems = placeholders.problems(text);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return placeholders.resolve(text);
    }

    private static Path path(String text, Path home) {
        try {
            return home.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "'" + Secrets.masked(text) + "' is not a path on this machine: " + e.getReason());
        }
    }
}
