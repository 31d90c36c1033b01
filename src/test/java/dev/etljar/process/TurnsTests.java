package dev.etljar.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnsTests {

    private final Set<Integer> ready = ConcurrentHashMap.newKeySet();
    private final Turns<Integer> turns = new Turns<>(List.of(1, 2, 3), ready::contains);

    @Test
    void whatIsNotReadyIsPassedOver() {
        ready.addAll(List.of(2, 3));

        assertThat(turns.next()).isEqualTo(2);
        assertThat(turns.next()).isEqualTo(3);
        assertThat(turns.left()).containsExactly(1);
    }

    @Test
    void whereNothingIsAtHandNobodyWaits() {
        assertThat(turns.next()).isNull();
        ready.add(1);
        assertThat(turns.next()).isEqualTo(1);
        turns.ended();
        assertThat(turns.next()).isNull();
        assertThat(turns.left()).containsExactly(2, 3);
    }

    @Test
    void theEndOfAPieceWakesWhoWaitsForAnother() throws Exception {
        ready.add(1);
        turns.next();
        FutureTask<Integer> other = waiting();

        ready.add(3);
        turns.ended();

        assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void theEndOfTheLastPieceSendsHomeWhoWaitsInVain() throws Exception {
        ready.add(1);
        turns.next();
        FutureTask<Integer> first = waiting();
        FutureTask<Integer> second = waiting();

        turns.ended();

        assertThat(first.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(second.get(30, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void anInterruptIsNotForgottenWhileWaiting() throws Exception {
        ready.add(1);
        turns.next();
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Boolean> interrupted = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            begun.countDown();
            turns.next();
            return Thread.interrupted();
        });
        new Thread(interrupted).start();
        begun.await();

        turns.ended();

        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private FutureTask<Integer> waiting() {
        FutureTask<Integer> task = new FutureTask<>(turns::next);
        Thread thread = new Thread(task);
        thread.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> thread.getState() == Thread.State.WAITING);
        return task;
    }
}
