package dev.etljar.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which runs go, and of which their line stays. */
class OldRunsTests {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 25, 12, 0);

    private static RunRow row(long instance, long execution, String status) {
        return new RunRow(instance, execution, status, NOW.minusDays(100), true, Map.of("date", "2026-01-01"));
    }

    /** It is the one by which the same command is told that its run is complete. */
    @Test
    void theLineStaysOfTheRunThatWasWorkedOnLast() {
        OldRuns old = OldRuns.of(List.of(row(1, 4, "COMPLETED"), row(2, 2, "ABANDONED")), Set.of(), 0, NOW);

        assertThat(old.groups().stream().flatMap(List::stream))
                .extracting(OldRun::instance, OldRun::lineStays)
                .containsExactly(tuple(1L, true), tuple(2L, false));
    }
}
