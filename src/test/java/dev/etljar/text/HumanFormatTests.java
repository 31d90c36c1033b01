package dev.etljar.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanFormatTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "999949, 999.9 kB",
        "999999, 1.0 MB",
        "1234567890, 1.2 GB",
        "9223372036854775807, 9.2 EB",
    })
    void bytesNeverReachAThousandOfTheirUnit(long bytes, String expected) {
        assertThat(HumanFormat.bytes(bytes)).isEqualTo(expected);
    }

    @Test
    void bytesOfATotalShareTheUnitWhereTheyCan() {
        assertThat(HumanFormat.bytes(1_204_000_000L, 2_800_000_000L)).isEqualTo("1.2 of 2.8 GB");
        assertThat(HumanFormat.bytes(300_000_000L, 2_800_000_000L)).isEqualTo("300.0 MB of 2.8 GB");
        assertThat(HumanFormat.bytes(0, 12)).isEqualTo("0 of 12 B");
    }

    @Test
    void countsHaveSeparatorsAndTheRightNumber() {
        assertThat(HumanFormat.count(1_234_000)).isEqualTo("1,234,000");
        assertThat(HumanFormat.count(1, "reject")).isEqualTo("1 reject");
        assertThat(HumanFormat.count(0, "reject")).isEqualTo("0 rejects");
        assertThat(HumanFormat.count(1_000, "row")).isEqualTo("1,000 rows");
    }

    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0 s",
        "PT0S, 0 s",
        "PT0.099S, 0 s",
        "PT0.3S, 0.3 s",
        "PT3S, 3 s",
        "PT9.99S, 9.9 s",
        "PT12.9S, 12 s",
        "PT60S, 1 min",
        "PT72S, 1 min 12 s",
        "PT2H5M59S, 2 h 5 min",
        "PT76H, 3 d 4 h",
    })
    void durationsShowTheTwoLargestUnits(Duration duration, String expected) {
        assertThat(HumanFormat.duration(duration)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 rows/s",
        "0.44, 0.4 rows/s",
        "9.94, 9.9 rows/s",
        "9.96, 10 rows/s",
        "99.6, 100 rows/s",
        "999.7, '1,000 rows/s'",
        "85123, '85,100 rows/s'",
        "1234567, '1,230,000 rows/s'",
    })
    void ratesHaveThreeDigits(double perSecond, String expected) {
        assertThat(HumanFormat.rate(perSecond, "rows")).isEqualTo(expected);
    }

    @Test
    void timesAreUtcToTheSecond() {
        assertThat(HumanFormat.time(Instant.parse("2026-11-23T03:00:00.987654Z")))
                .isEqualTo("2026-11-23T03:00:00Z");
    }

    @Test
    void theMachinesLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(HumanFormat.bytes(1_234_567)).isEqualTo("1.2 MB");
            assertThat(HumanFormat.count(1_234)).isEqualTo("1,234");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'a\u001b[31mred\u0007', 'a\\u001b[31mred\\u0007'", // a colour and a bell
        "'a\u009b2Jb', 'a\\u009b2Jb'", // the one-byte form of the same introducer
        "'abc\u202egnp.exe', 'abc\\u202egnp.exe'", // text that reads backwards
        "'zero\u200bwidth', 'zero\\u200bwidth'",
        "'a\u2028b\u2029c', 'a\\u2028b\\u2029c'",
        "'a\u0000b\u007f', 'a\\u0000b\\u007f'",
        "'caf\u00e9 \u65e5\u672c', 'caf\u00e9 \u65e5\u672c'",
        "'C:\\temp', 'C:\\temp'",
    })
    void whatATerminalWouldObeyIsEscapedAndTheRestIsKept(String text, String expected) {
        assertThat(HumanFormat.oneLine(text, 100)).isEqualTo(expected);
    }

    @Test
    void aLineStaysOneLine() {
        assertThat(HumanFormat.oneLine("one\r\ntwo\tthree", 100)).isEqualTo("one\\r\\ntwo\\tthree");
    }

    @Test
    void halfASurrogatePairIsEscaped() {
        assertThat(HumanFormat.oneLine("a\ud83db", 100)).isEqualTo("a\\ud83db");
    }

    @Test
    void longTextIsCutBetweenCharactersAndEscapes() {
        assertThat(HumanFormat.oneLine("123456", 6)).isEqualTo("123456");
        assertThat(HumanFormat.oneLine("1234567", 6)).isEqualTo("123...");
        assertThat(HumanFormat.oneLine("12\u001b4567", 8)).isEqualTo("12...");
        assertThat(HumanFormat.oneLine("\ud83d\ude00".repeat(7), 6)).isEqualTo("\ud83d\ude00".repeat(3) + "...");
    }
}
