package dev.etljar.download;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A file behind a URL.
 *
 * @param uri without user info and fragment
 * @param authorization the value of the header that the URL's user info stands for, for this host only, or null
 * @param label the URL without user info and query, and with {@code $NAME} for what the environment or a file has for its path
 */
record RemoteSource(
        URI uri,
        @Nullable String authorization,
        String label,
        @Nullable String sha256,
        Duration connectTimeout,
        Duration readTimeout,
        int attempts)
        implements Source {

    private static final int LONGEST_NAME = 120;

    /** @param shown the URL as far as it may be shown, {@link dev.etljar.text.Placeholders#resolveShown} */
    static RemoteSource of(String url, String shown, DownloadDefinition definition, @Nullable String sha256) {
        URI uri = parse(url);
        @Nullable String userInfo = uri.getUserInfo();
        @Nullable
        String authorization = userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        URI bare = withoutSecrets(uri);
        return new RemoteSource(
                bare,
                authorization,
                origin(bare) + shownPath(bare, shown),
                sha256,
                definition.connectTimeout(),
                definition.readTimeout(),
                definition.attempts());
    }

    /** Scheme, host and port. */
    static String origin(URI uri) {
        return uri.getScheme() + "://" + address(uri);
    }

    /** The definition's path with its placeholders' names; where a placeholder stands for more than the path, the URL's own. */
    private static String shownPath(URI uri, String shown) {
        try {
            URI parsed = new URI(new URI(shown).toASCIIString());
            return parsed.getScheme() == null || parsed.isOpaque() ? path(uri) : path(parsed);
        } catch (URISyntaxException e) {
            return path(uri);
        }
    }

    /** Drops user info and fragment, which are not for the server. */
    static URI withoutSecrets(URI uri) {
        @Nullable String query = uri.getRawQuery();
        String bare = origin(uri) + path(uri) + (query == null ? "" : "?" + query);
        // Letters beyond ASCII go over the wire as %XX.
        return URI.create(URI.create(bare).toASCIIString());
    }

    /** The last part of the URL's path, as a person reads it. */
    String name() {
        return URLDecoder.decode(lastSegment().replace("+", "%2B"), StandardCharsets.UTF_8)
                .replaceAll("[/\\\\\\p{Cntrl}]", "_");
    }

    /** The same as a name that every file system takes and that cannot leave its folder. */
    String fileName() {
        String safe = lastSegment().replaceAll("[^A-Za-z0-9._~%+-]", "_");
        // Its end is kept, because that is where people look for the file's kind.
        return safe.length() > LONGEST_NAME ? safe.substring(safe.length() - LONGEST_NAME) : safe;
    }

    private String lastSegment() {
        String path = label.replaceFirst("^[^:]*://[^/]*", "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        boolean usable = last.matches(".*[^.].*") && last.matches("([^%]|%[0-9A-Fa-f]{2})+");
        return usable && !isBlankOrDots(last) ? last : "download";
    }

    private static boolean isBlankOrDots(String segment) {
        return URLDecoder.decode(segment, StandardCharsets.UTF_8).matches("[\\s.]*");
    }

    private static URI parse(String url) {
        // Neither the URL nor the library's message is shown: where the parser fails nobody can say what in it is a
        // secret.
        String scheme = url.substring(0, url.indexOf(':'));
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("the " + scheme + ": URL has no valid host; it is written " + scheme
                        + "://host/path, with special characters of a password as %XX");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the " + scheme + ": URL is malformed at character " + (e.getIndex() + 1)
                    + ": " + e.getReason() + " (special characters are written %XX, a blank %20)");
        }
    }

    private static String address(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static String path(URI uri) {
        @Nullable String path = uri.getRawPath();
        return path == null ? "" : path;
    }
}
