package dev.etljar.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.progress.SettableClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeBoxTests {

    private final SettableClock clock = new SettableClock();

    private TimeBox box(@Nullable Duration duration, @Nullable Long items, @Nullable Long chunks) {
        return new TimeBox(new RunLimits(duration, items, chunks), clock);
    }

    @Test
    void chunksThatAreUnderWayCount() {
        TimeBox box = box(null, null, 2L);
        assertThat(box.reserve(10)).isEqualTo(10);
        assertThat(box.reserve(10)).isEqualTo(10);
        assertThat(box.reserve(10)).isZero();
        assertThat(box.reached()).contains("--max-chunks");
    }

    @Test
    void theLastChunkIsAsSmallAsWhatIsLeft() {
        TimeBox box = box(null, 25L, null);
        assertThat(box.reserve(10)).isEqualTo(10);
        box.spend(10, 10);
        assertThat(box.reserve(10)).isEqualTo(10);
        assertThat(box.reserve(10)).isEqualTo(5);
        assertThat(box.reserve(10)).isZero();
        assertThat(box.items()).isEqualTo(10);
    }

    @Test
    void whatAChunkDidNotUseIsFreeAgain() {
        TimeBox box = box(null, 10L, 1L);
        assertThat(box.reserve(10)).isEqualTo(10);
        box.spend(10, 0);
        assertThat(box.reserve(10)).isEqualTo(10);
        box.spend(10, 4);
        assertThat(box.reserve(10)).isZero();
    }

    @Test
    void whatAnAttemptHadReservedIsFreeForTheNext() {
        TimeBox box = box(null, null, 1L);
        assertThat(box.reserve(10)).isEqualTo(10);
        box.beginAttempt();
        assertThat(box.reserve(10)).isEqualTo(10);
    }

    @Test
    void theTimeIsNotUpBeforeSomethingIsDone() {
        TimeBox box = box(Duration.ofSeconds(1), null, null);
        clock.advance(Duration.ofHours(1));
        assertThat(box.isTimeUp()).isFalse();
        assertThat(box.reserve(10)).isEqualTo(10);
        box.spend(10, 10);
        assertThat(box.reserve(10)).isZero();
        assertThat(box.reached()).contains("--max-duration");
    }

    @Test
    void aStepThatIsDoneIsProgress() {
        TimeBox box = box(Duration.ofSeconds(1), null, null);
        box.stepCompleted();
        assertThat(box.isTimeUp()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(box.isTimeUp()).isTrue();
    }

    @Test
    void withoutLimitsItIsNeverUsedUp() {
        TimeBox box = TimeBox.unlimited();
        box.stepCompleted();
        assertThat(box.reserve(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(box.isTimeUp()).isFalse();
        assertThat(box.reached()).isEmpty();
    }

    @Test
    void aLimitThatLeavesNothingToDoIsRefused() {
        assertThatThrownBy(() -> box(null, 0L, null)).hasMessage("--max-items must be at least 1, not 0");
        assertThatThrownBy(() -> box(null, null, -1L)).hasMessage("--max-chunks must be at least 1, not -1");
        assertThatThrownBy(() -> box(Duration.ZERO, null, null)).hasMessage("--max-duration must be more than zero");
    }
}
