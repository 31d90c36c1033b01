package dev.etljar.download;

import dev.etljar.run.Phase;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunListener;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tries again what may pass by itself: every {@link IOException} but a certificate that is not trusted. */
final class Attempts {

    /** A server that wants a longer pause is left alone: the scheduler comes back later. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final Patience patience;
    private final RunListener listener;

    interface Attempt<T> {
        T make() throws IOException;
    }

    Attempts(Patience patience, RunListener listener) {
        this.patience = patience;
        this.listener = listener;
    }

    /** @throws RunFailedException when the source's attempts are used up */
    <T> T make(RemoteSource source, Attempt<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.make();
            } catch (IOException e) {
                failIfLast(source, number, e);
                waitAfter(source, number, e);
            }
        }
    }

    private static void failIfLast(RemoteSource source, int number, IOException cause) {
        if (isAboutTrust(cause)) {
            throw new RunFailedException(
                    source.label() + ": the server's certificate is not trusted (" + reason(cause)
                            + "); trying again will not help until that is corrected",
                    cause);
        }
        if (number >= source.attempts()) {
            throw new RunFailedException(
                    source.label() + " was not fetched in " + number + (number == 1 ? " attempt" : " attempts")
                            + "; the last one failed: " + reason(cause) + ". Run the same command again later",
                    cause);
        }
    }

    private void waitAfter(RemoteSource source, int number, IOException cause) {
        Duration pause = cause instanceof MayPassException answer
                ? answer.retryAfter().orElseGet(() -> patience.pause(number))
                : patience.pause(number);
        if (pause.compareTo(LONGEST_WAIT) > 0) {
            throw new RunFailedException(
                    source.label() + ": " + reason(cause) + ", and the server asks to wait " + pause.toSeconds()
                            + " s, more than the " + LONGEST_WAIT.toSeconds()
                            + " s that a run waits. Run the same command again then",
                    cause);
        }
        listener.noted(
                Phase.DOWNLOAD,
                source.label() + ": attempt " + number + " of " + source.attempts() + " failed (" + reason(cause)
                        + "); next one in " + pause.toMillis() + " ms");
        sleep(pause);
    }

    private void sleep(Duration pause) {
        try {
            patience.sleeper().sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while waiting for the next attempt", e);
        }
    }

    private static boolean isAboutTrust(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(IOException cause) {
        return cause instanceof MayPassException ? String.valueOf(cause.getMessage()) : PlainWords.reason(cause);
    }
}
