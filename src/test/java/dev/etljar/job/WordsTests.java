package dev.etljar.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTests {

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
        assertThat(Words.distance(first, second)).isEqualTo(distance);
        assertThat(Words.distance(second, first)).isEqualTo(distance);
    }

    @Test
    void theNearestIsOnlySuggestedWhenItIsNear() {
        assertThat(Words.nearest("fiels", List.of("format", "files", "table"))).contains("files");
        assertThat(Words.nearest("colour", List.of("format", "files", "table"))).isEmpty();
        assertThat(Words.nearest("x".repeat(100_000), List.of("x".repeat(100_000))))
                .isEmpty();
    }

    @Test
    void quotedTextsAreShortAndOnOneLine() {
        assertThat(Words.quoted("a\r\nb\u0000\u2028")).isEqualTo("'a\\r\\nb\\u0000\\u2028'");
        assertThat(Words.quoted("\uD83D\uDE00".repeat(61))).isEqualTo("'" + "\uD83D\uDE00".repeat(60) + "…'");
    }
}
