package dev.etljar.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives out pieces of work in their order, each as soon as it is ready. Who asks waits only while none is ready and another
 * one is at hand, whose end may make it so; where none is at hand, nothing will, and whoever asks is sent home. Thread-safe.
 */
final class Turns<T> {

    private final Deque<T> waiting;
    private final Predicate<T> ready;
    private int atHand;

    /** @param ready is asked under this object's lock; its answer changes at the end of a piece alone */
    Turns(List<T> pieces, Predicate<T> ready) {
        this.waiting = new ArrayDeque<>(pieces);
        this.ready = ready;
    }

    /** The next piece, whose {@linkplain #ended end} is to be told; null where there is none any more. */
    synchronized @Nullable T next() {
        boolean interrupted = false;
        @Nullable T piece = takeReady();
        while (piece == null && atHand > 0 && !waiting.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Is seen by the next piece, at the end of its chunk, or by the caller.
                interrupted = true;
            }
            piece = takeReady();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return piece;
    }

    private @Nullable T takeReady() {
        for (Iterator<T> pieces = waiting.iterator(); pieces.hasNext(); ) {
            T piece = pieces.next();
            if (ready.test(piece)) {
                pieces.remove();
                atHand++;
                return piece;
            }
        }
        return null;
    }

    /** A piece that was given out has come to its end, whichever. */
    synchronized void ended() {
        atHand--;
        notifyAll();
    }

    /** The pieces that were not given out. */
    synchronized List<T> left() {
        return new ArrayList<>(waiting);
    }
}
