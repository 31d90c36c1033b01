package dev.etljar.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTests {

    @Test
    void quotedTextsAreShortAndOnOneLine() {
        assertThat(Words.quoted("a\r\nb\u0000\u2028")).isEqualTo("'a\\r\\nb\\u0000\\u2028'");
        assertThat(Words.quoted("\uD83D\uDE00".repeat(61))).isEqualTo("'" + "\uD83D\uDE00".repeat(60) + "…'");
    }
}
