package dev.etljar.download;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One source of input.
 *
 * @param url a path, or a {@code file:}, {@code http:} or {@code https:} URL; may hold {@code ${name}} placeholders
 * @param sha256 the content's expected SHA-256 in hexadecimal digits (or a placeholder), or null where it is not known beforehand
 * @param connectTimeout how long to wait for a connection, more than zero
 * @param readTimeout how long to wait for the next bytes, more than zero
 * @param attempts how often to try what may pass, at least 1
 */
public record DownloadDefinition(
        String url,
        @Nullable String sha256,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("60s") Duration readTimeout,
        @DefaultValue("5") int attempts) {

    public DownloadDefinition {
        if (url.isBlank()) {
            throw new IllegalArgumentException("'url' is empty");
        }
        if (sha256 != null && !sha256.contains("${")) {
            sha256 = checksum(sha256);
        }
        positive("connect-timeout", connectTimeout);
        positive("read-timeout", readTimeout);
        if (attempts < 1) {
            throw new IllegalArgumentException("'attempts' must be at least 1, not " + attempts);
        }
    }

    /** The URL as the definition has it, without user info and query: fit to be shown. */
    public String label() {
        return url.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)(?:\\$\\{[^}]*}|[^/?#])*@", "$1")
                .replaceFirst("[?#].*$", "");
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return label();
    }

    /** @throws IllegalArgumentException when it is no SHA-256 */
    static String checksum(String sha256) {
        String lowerCase = sha256.toLowerCase(Locale.ROOT);
        if (!lowerCase.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'sha256' must be 64 hexadecimal digits, not '" + sha256 + "'");
        }
        return lowerCase;
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("'" + name + "' must be more than zero, not " + duration);
        }
    }
}
