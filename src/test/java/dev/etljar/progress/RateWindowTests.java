package dev.etljar.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.progress.RateWindow.Rate;
import dev.etljar.progress.RateWindow.Sample;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateWindowTests {

    private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");

    private final RateWindow window = new RateWindow();

    @Test
    void saysNothingBeforeASecondWasMeasured() {
        assertThat(window.current(START)).isEmpty();
        add(0, 0);
        add(999, 500);
        assertThat(window.current(at(999))).isEmpty();
        assertThat(window.current(at(1000))).contains(new Rate(5000, 500));
    }

    @Test
    void forgetsTheSpeedOfTenSecondsAgo() {
        for (int second = 0; second <= 60; second++) {
            add(second * 1000L, second <= 30 ? second * 1000L : 30_000 + (second - 30) * 10L);
        }
        assertThat(window.current(at(60_000))).contains(new Rate(100, 10));
    }

    @Test
    void aChunkLongerThanTheWindowHasASpeed() {
        add(0, 0);
        add(40_000, 4000);
        assertThat(window.current(at(40_000))).contains(new Rate(1000, 100));
    }

    @Test
    void fallsToZeroWhenNothingComesAnyMore() {
        add(0, 0);
        add(1000, 1000);
        add(1200, 1200);
        assertThat(window.current(at(5000)).orElseThrow().records()).isBetween(200.0, 300.0);
        assertThat(window.current(at(30_000))).contains(new Rate(0, 0));
    }

    @Test
    void anAttemptFromTheCheckpointBeginsAnew() {
        add(0, 0);
        add(5000, 50_000);
        add(6000, 1000);
        add(8000, 3000);
        assertThat(window.current(at(8000))).contains(new Rate(10_000, 1000));
        assertThat(window.average(at(8000))).contains(new Rate(10_000, 1000));
    }

    @Test
    void aClockThatIsSetBackBeginsAnew() {
        add(100_000, 0);
        add(0, 1000);
        assertThat(window.current(at(0))).isEmpty();
        add(2000, 3000);
        assertThat(window.current(at(2000))).contains(new Rate(10_000, 1000));
    }

    @Test
    void theAverageIsOfEverythingSeen() {
        add(0, 0);
        add(30_000, 300);
        add(60_000, 60_000);
        assertThat(window.average(at(60_000))).contains(new Rate(10_000, 1000));
        assertThat(new RateWindow().average(START)).isEmpty();
    }

    @Test
    void manySmallChunksMakeTheSameSpeedAsFewLargeOnes() {
        for (int millis = 0; millis <= 20_000; millis++) {
            add(millis, millis);
        }
        assertThat(window.current(at(20_000))).contains(new Rate(10_000, 1000));
    }

    private void add(long millis, long records) {
        window.add(new Sample(at(millis), records * 10, records));
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
