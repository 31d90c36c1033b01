package dev.etljar.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTests {

    private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

    private static Turns<Integer> turns(Integer... pieces) {
        return turns(List.of(pieces));
    }

    private static Turns<Integer> turns(List<Integer> pieces) {
        return new Turns<>(pieces, piece -> true);
    }

    @Test
    void doesEachPieceOnce() throws Exception {
        List<Integer> pieces = IntStream.range(0, 1_000).boxed().toList();

        SideBySide.run(4, turns(pieces), done::add);

        assertThat(done).containsExactlyInAnyOrderElementsOf(pieces);
    }

    @Test
    void oneThreadDoesThemInTheirOrderAndIsTheCallers() throws Exception {
        Thread caller = Thread.currentThread();

        SideBySide.run(1, turns(1, 2, 3), piece -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            done.add(piece);
        });

        assertThat(done).containsExactly(1, 2, 3);
    }

    @Test
    void asManyWorkAtOnceAsAreAllowed() throws Exception {
        CyclicBarrier allThree = new CyclicBarrier(3);

        SideBySide.run(3, turns(1, 2, 3), piece -> allThree.await());

        assertThat(allThree.getNumberWaiting()).isZero();
    }

    @Test
    void nothingToDoIsDone() throws Exception {
        SideBySide.run(4, turns(), piece -> done.add(1));

        assertThat(done).isEmpty();
    }

    @Test
    void whoFailsTakesNoMoreAndTheOthersDo() {
        CountDownLatch failed = new CountDownLatch(1);
        IOException failure = new IOException("disk full");

        assertThatThrownBy(() -> SideBySide.run(2, turns(0, 1, 2, 3), piece -> {
                    if (piece == 0) {
                        failed.countDown();
                        throw failure;
                    }
                    failed.await();
                    done.add(piece);
                }))
                .isSameAs(failure);

        assertThat(done).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void theSecondFailureIsNotForgotten() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);

        assertThatThrownBy(() -> SideBySide.run(2, turns(1, 2), piece -> {
                    both.await();
                    throw new OutOfMemoryError("piece " + piece);
                }))
                .isInstanceOf(OutOfMemoryError.class)
                .satisfies(first -> assertThat(first.getSuppressed()).hasSize(1));
    }

    /** Who is interrupted while another thread still writes waits for it, and is interrupted afterwards. */
    @Test
    void anInterruptIsKeptUntilAllHaveEnded() throws Exception {
        CountDownLatch otherHasBegun = new CountDownLatch(1);
        CountDownLatch callerIsDone = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicBoolean kept = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            Thread self = Thread.currentThread();
            try {
                SideBySide.run(2, turns(1, 2), piece -> {
                    if (Thread.currentThread() == self) {
                        otherHasBegun.await();
                        callerIsDone.countDown();
                    } else {
                        otherHasBegun.countDown();
                        interrupted.await();
                    }
                    done.add(piece);
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            kept.set(Thread.interrupted());
        });
        caller.start();
        callerIsDone.await();
        caller.interrupt();
        interrupted.countDown();
        caller.join();

        assertThat(done).containsExactlyInAnyOrder(1, 2);
        assertThat(kept).isTrue();
    }
}
