package dev.etljar.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTests {

    @ParameterizedTest
    @CsvSource({
        "a, a, 0",
        "'', abc, 3",
        "abc, '', 3",
        "colums, columns, 1",
        "tabel, table, 1",
        "kitten, sitting, 3",
        "A, a, 0"
    })
    void distanceCountsTypingErrors(String first, String second, int distance) {
        assertThat(NearestName.distance(first, second)).isEqualTo(distance);
        assertThat(NearestName.distance(second, first)).isEqualTo(distance);
    }

    @Test
    void theNearestIsOnlySuggestedWhenItIsNear() {
        assertThat(NearestName.of("fiels", List.of("format", "files", "table"))).contains("files");
        assertThat(NearestName.of("colour", List.of("format", "files", "table")))
                .isEmpty();
        assertThat(NearestName.of("x".repeat(100_000), List.of("x".repeat(100_000))))
                .isEmpty();
    }
}
