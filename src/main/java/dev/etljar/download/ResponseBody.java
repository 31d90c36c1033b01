package dev.etljar.download;

import dev.etljar.run.RunFailedException;
import dev.etljar.run.StopSignal;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response's body, pulled block by block. The JDK's client has no limit on the wait for the next bytes, so it is here.
 * Memory is constant: the next block is asked for only when the last one was taken.
 */
final class ResponseBody implements BodySubscriber<ResponseBody>, AutoCloseable {

    static final Duration SLICE = Duration.ofMillis(100);

    private record Event(
            List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        if (subscription.complete(given)) {
            given.request(1);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        if (bytes.isEmpty()) {
            subscription.join().request(1);
        } else {
            events.add(new Event(bytes, false, null));
        }
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new Event(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        events.add(new Event(List.of(), true, null));
    }

    /**
     * The next bytes; an empty list at the end, after which there is nothing more to ask for.
     *
     * @throws IOException when the connection broke, or nothing came within the time
     */
    List<ByteBuffer> next(Duration readTimeout, StopSignal stop) throws IOException {
        Event event = await(readTimeout, stop);
        @Nullable Throwable failure = event.failure();
        if (failure != null) {
            throw failure instanceof IOException broken ? broken : new IOException(failure);
        }
        if (!event.last()) {
            subscription.join().request(1);
        }
        return event.bytes();
    }

    private Event await(Duration readTimeout, StopSignal stop) throws IOException {
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start < readTimeout.toNanos()) {
                stop.throwIfRequested();
                @Nullable
                Event event = events.poll(Math.min(SLICE.toMillis(), readTimeout.toMillis()), TimeUnit.MILLISECONDS);
                if (event != null) {
                    return event;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while reading from the network", e);
        }
        throw new HttpTimeoutException("no bytes came for " + readTimeout.toMillis() + " ms");
    }

    /** Ends the transfer, also in its middle. */
    @Override
    public void close() {
        CompletableFuture<Void> unused = subscription.thenAccept(Subscription::cancel);
    }
}
