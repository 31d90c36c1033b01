package dev.etljar.download;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server's answer that may be a better one the next time. */
final class MayPassException extends IOException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    MayPassException(String message, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** How long the server asks to wait. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
