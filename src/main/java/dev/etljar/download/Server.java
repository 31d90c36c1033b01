package dev.etljar.download;

import dev.etljar.run.RunFailedException;
import dev.etljar.run.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks for one source's file. Redirects are followed here and not by the JDK's client, which would send the
 * credentials on to whatever host it is redirected to; a redirect from https to http is refused.
 */
final class Server {

    private static final int MOST_REDIRECTS = 10;

    private final RemoteSource source;
    private final Patience patience;
    private final StopSignal stop;
    private final HttpClient client;

    Server(RemoteSource source, Patience patience, StopSignal stop) {
        this.source = source;
        this.patience = patience;
        this.stop = stop;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(source.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The answer with its body still to be read and closed: 200, 203, or 304 where conditions were given.
     *
     * @throws IOException when another attempt may bring a better answer
     * @throws RunFailedException when none will
     */
    HttpResponse<ResponseBody> get(Map<String, String> conditions) throws IOException {
        URI at = source.uri();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<ResponseBody> response = send(request(at, conditions));
            Optional<URI> next = redirect(at, response);
            if (next.isEmpty()) {
                return accepted(at, response, !conditions.isEmpty());
            }
            at = next.get();
        }
        throw new RunFailedException(source.label() + " redirects more than " + MOST_REDIRECTS
                + " times; trying again will not help until that is corrected");
    }

    private HttpRequest request(URI at, Map<String, String> conditions) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at).header("User-Agent", "etl.jar");
        conditions.forEach(request::header);
        String authorization = source.authorization();
        if (authorization != null && sameOrigin(at, source.uri())) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private HttpResponse<ResponseBody> send(HttpRequest request) throws IOException {
        // HttpRequest.timeout() is not used: from Java 26 on it limits the whole transfer.
        Duration limit = source.connectTimeout().plus(source.readTimeout());
        CompletableFuture<HttpResponse<ResponseBody>> answer = client.sendAsync(request, head -> new ResponseBody());
        try {
            return await(answer, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while waiting for " + source.label(), e);
        } finally {
            answer.cancel(true);
        }
    }

    private <T> T await(CompletableFuture<T> answer, Duration limit) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < limit.toNanos()) {
            stop.throwIfRequested();
            try {
                return answer.get(ResponseBody.SLICE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Not yet.
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
            }
        }
        throw new HttpTimeoutException("no answer came for " + limit.toMillis() + " ms");
    }

    private HttpResponse<ResponseBody> accepted(URI at, HttpResponse<ResponseBody> response, boolean conditional)
            throws IOException {
        int status = response.statusCode();
        if (status == 200 || status == 203 || (status == 304 && conditional)) {
            return response;
        }
        response.body().close();
        String answer = "HTTP status " + status + (at.equals(source.uri()) ? "" : " from " + RemoteSource.origin(at));
        if (status >= 500 || status == 408 || status == 425 || status == 429) {
            throw new MayPassException(
                    answer,
                    response.headers()
                            .firstValue("Retry-After")
                            .flatMap(patience::retryAfter)
                            .orElse(null));
        }
        throw new RunFailedException(source.label() + ": " + answer + "; trying again will not help until "
                + (status == 401 || status == 403 ? "the credentials are" : "the URL or the server is") + " corrected");
    }

    private Optional<URI> redirect(URI at, HttpResponse<ResponseBody> response) {
        Optional<String> location = response.headers().firstValue("Location");
        boolean redirected = switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        if (!redirected || location.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(permitted(at, at.resolve(location.get())));
        } catch (IllegalArgumentException e) {
            // The library's message holds the URL with its query.
            throw new RunFailedException(source.label() + " redirects to a malformed URL;"
                    + " trying again will not help until that is corrected");
        } finally {
            response.body().close();
        }
    }

    private URI permitted(URI from, URI to) {
        String scheme = scheme(to);
        boolean secure = scheme.equals("https");
        boolean plain = scheme.equals("http") && scheme(from).equals("http");
        if (to.getHost() == null || !(secure || plain)) {
            throw new RunFailedException(source.label() + " redirects to a " + scheme
                    + ": URL, which is not followed; trying again will not help until that is corrected");
        }
        return RemoteSource.withoutSecrets(to);
    }

    private static boolean sameOrigin(URI one, URI other) {
        return scheme(one).equals(scheme(other))
                && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? 443 : 80;
    }

    private static String scheme(URI uri) {
        return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    }
}
