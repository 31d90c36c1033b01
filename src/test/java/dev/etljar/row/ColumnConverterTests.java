package dev.etljar.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.csv.UnfitException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnConverterTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "integer | 0 | 0",
                "integer | -0 | 0",
                "integer | +007 | 7",
                "integer | 2147483647 | 2147483647",
                "integer | -2147483648 | -2147483648",
                "integer | 00000000000000000000000012 | 12",
                "integer | 2147483648 | ! out of the range of integer, which is -2147483648 to 2147483647",
                "integer | -2147483649 | ! out of the range of integer, which is -2147483648 to 2147483647",
                "integer | 99999999999999999999 | ! out of the range of integer, which is -2147483648 to 2147483647",
                "integer | 1.0 | ! no whole number",
                "integer | ' 1' | ! no whole number",
                "integer | + | ! no whole number",
                "integer | --1 | ! no whole number",
                "integer | 1e3 | ! no whole number",
                "integer | ١٢ | ! no whole number",
                "bigint | 9223372036854775807 | 9223372036854775807",
                "bigint | -9223372036854775808 | -9223372036854775808",
                "bigint | 9223372036854775808 | ! out of the range of bigint,"
                        + " which is -9223372036854775808 to 9223372036854775807",
                "decimal(5,2) | 123.45 | 123.45",
                "decimal(5,2) | +1 | 1.00",
                "decimal(5,2) | .5 | 0.50",
                "decimal(5,2) | 5. | 5.00",
                "decimal(5,2) | -999.99 | -999.99",
                "decimal(5,2) | 1.230000 | 1.23",
                "decimal(5,2) | 1.2e2 | 120.00",
                "decimal(5,2) | 0.000000 | 0.00",
                "decimal(5,2) | 0e999999999 | 0.00",
                "decimal(5,0) | 10000 | 10000",
                "decimal(2,2) | 0.99 | 0.99",
                "decimal(5,2) | 1.234 | '! 3 digits after the point, but decimal(5,2) takes at most 2'",
                "decimal(5,2) | 1000 | '! 4 digits before the point, but decimal(5,2) takes at most 3'",
                "decimal(5,2) | 1e999999999 | '! 1000000000 digits before the point, but decimal(5,2) takes at most 3'",
                "decimal(5,2) | 1e-999999999 | '! 999999999 digits after the point, but decimal(5,2) takes at most 2'",
                "decimal(5,2) | 1e9999999999 | ! no number",
                "decimal(5,2) | '1,5' | ! no number",
                "decimal(5,2) | ١ | ! no number",
                "decimal(5,2) | . | ! no number",
                "double | 1.5 | 1.5",
                "double | -1e-3 | -0.001",
                "double | 1e999 | ! out of the range of double",
                "double | NaN | ! no number",
                "double | Infinity | ! no number",
                "double | 1d | ! no number",
                "double | 0x1p3 | ! no number",
                "double | 1-2 | ! no number",
                "boolean | TRUE | true",
                "boolean | t | true",
                "boolean | Yes | true",
                "boolean | Y | true",
                "boolean | 1 | true",
                "boolean | False | false",
                "boolean | f | false",
                "boolean | NO | false",
                "boolean | n | false",
                "boolean | 0 | false",
                "boolean | on | '! neither true (true, t, yes, y, 1) nor false (false, f, no, n, 0)'",
                "date | 2024-02-29 | 2024-02-29",
                "date | 0001-01-01 | 0001-01-01",
                "date | 2023-02-29 | ! no date such as 2026-11-23",
                "date | 2026-13-01 | ! no date such as 2026-11-23",
                "date | 2026-1-1 | ! no date such as 2026-11-23",
                "date | 20261123 | ! no date such as 2026-11-23",
                "date | 2026-11-23T00:00 | ! no date such as 2026-11-23",
                "date | ٢٠٢٦-11-23 | ! no date such as 2026-11-23",
                "time | 13:14 | 13:14",
                "time | 13:14:15.123456789 | 13:14:15.123456789",
                "time | 24:00 | ! no time such as 13:14 or 13:14:15.5",
                "timestamp | 2026-11-23T13:14 | 2026-11-23T13:14",
                "timestamp | 2026-11-23 13:14:15 | 2026-11-23T13:14:15",
                "timestamp | 2026-11-23t13:14:15.123456789 | 2026-11-23T13:14:15.123456789",
                "timestamp | 2026-11-23T13:14:15Z | 2026-11-23T13:14:15",
                "timestamp | 2026-11-23 13:14:15+01:00 | 2026-11-23T12:14:15",
                "timestamp | 2026-11-23 13:14:15.5+0130 | 2026-11-23T11:44:15.500",
                "timestamp | 2026-11-23 13:14-05 | 2026-11-23T18:14",
                "timestamp | 2026-02-29 13:14:15 | '! no timestamp such as 2026-11-23T13:14:15.5 or"
                        + " 2026-11-23 13:14+01:00'",
                "timestamp | 2026-11-23 24:00:00 | '! no timestamp such as 2026-11-23T13:14:15.5 or"
                        + " 2026-11-23 13:14+01:00'",
                "timestamp | 2026-11-23 13:14:1x | '! no timestamp such as 2026-11-23T13:14:15.5 or"
                        + " 2026-11-23 13:14+01:00'",
                "timestamp | 2026-11-23  | '! no timestamp such as 2026-11-23T13:14:15.5 or"
                        + " 2026-11-23 13:14+01:00'",
                "uuid | 123e4567-e89b-12d3-A456-426614174000 | 123e4567-e89b-12d3-a456-426614174000",
                "uuid | 1-1-1-1-1 | ! no UUID such as 123e4567-e89b-12d3-a456-426614174000",
                "uuid | +23e4567-e89b-12d3-a456-426614174000 | ! no UUID such as"
                        + " 123e4567-e89b-12d3-a456-426614174000",
                "varchar(3) | äöü | äöü",
                "varchar(3) | 😀😀😀 | 😀😀😀",
                "varchar(3) | abcd | '! 4 characters, but varchar(3) takes at most 3'",
            })
    void convertsATextExactlyOrRefusesIt(String type, String text, String expected) {
        assertThat(convert(Columns.of(type), text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date | dd.MM.yyyy | 23.11.2026 | 2026-11-23",
                "date | dd.MM.uuuu | 23.11.2026 | 2026-11-23",
                "date | d/M/yy | 3/1/26 | 2026-01-03",
                "date | yyyyMMdd | 20261123 | 2026-11-23",
                "date | yyyy-MM-dd | 2026-11-23 | 2026-11-23",
                "date | dd-MMM-yyyy | 23-NOV-2026 | 2026-11-23",
                "date | dd.MM.yyyy | 31.02.2026 | ! no date in the format dd.MM.yyyy",
                "date | dd.MM.yyyy | 1.2.2026 | ! no date in the format dd.MM.yyyy",
                "time | hh:mm a | 01:14 pm | 13:14",
                "time | HHmm | 1314 | 13:14",
                "timestamp | dd.MM.yyyy HH:mm | 23.11.2026 13:14 | 2026-11-23T13:14",
                "timestamp | yyyy-MM-dd HH:mm:ss XXX | 2026-11-23 13:14:15 +02:00 | 2026-11-23T11:14:15",
                "timestamp | yyyy-MM-dd HH:mm VV | 2026-07-01 13:14 Europe/Berlin | 2026-07-01T11:14",
                "timestamp | yyyy-MM-dd HH:mm[XXX] | 2026-07-01 13:14 | 2026-07-01T13:14",
                "timestamp | yyyy-MM-dd HH:mm | 2026-07-01 | ! no timestamp in the format yyyy-MM-dd HH:mm",
            })
    void readsAFormatOfTheUsers(String type, String format, String text, String expected) {
        assertThat(convert(Columns.formatted(type, format, null), text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-15 12:00:00 | 2026-01-15T11:00",
                "2026-07-15 12:00 | 2026-07-15T10:00",
                "2026-07-15T12:00:00Z | 2026-07-15T12:00",
                "2026-07-15T12:00:00-01:00 | 2026-07-15T13:00",
                "2026-10-25 02:30:00 | 2026-10-25T00:30",
                "2026-03-29 02:30:00 | '! there is no such time in Europe/Berlin, where clocks were put forward over it'",
            })
    void aTimestampThatNamesNoZoneIsOfTheColumnsZoneAndStoredInUtc(String text, String expected) {
        assertThat(convert(Columns.formatted("timestamp", null, "Europe/Berlin"), text))
                .isEqualTo(expected);
        assertThat(convert(
                        Columns.formatted("timestamp", "yyyy-MM-dd[' ']['T']HH:mm[:ss][XXX]", "Europe/Berlin"), text))
                .isEqualTo(expected);
    }

    /** Short plain numbers take a way of their own: it must say the same as BigDecimal, and refuse the same. */
    @Test
    void decimalsAreWhatBigDecimalSaysThatTheyAre() {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            int precision = 1 + random.nextInt(20);
            int scale = random.nextInt(precision + 1);
            String text = (random.nextInt(3) == 0 ? random.nextBoolean() ? "-" : "+" : "")
                    + Long.toString(random.nextLong() >>> (1 + random.nextInt(60)));
            int point = random.nextInt(text.length() + 1);
            String number = random.nextBoolean() ? text : text.substring(0, point) + "." + text.substring(point);
            String type = "decimal(%d,%d)".formatted(precision, scale);
            Object expected;
            try {
                BigDecimal exact = new BigDecimal(number).setScale(scale);
                expected = exact.signum() == 0 || exact.precision() <= precision ? exact : "refused";
            } catch (ArithmeticException | NumberFormatException e) {
                expected = "refused";
            }
            Object actual;
            try {
                actual = value(type, number);
            } catch (UnfitException e) {
                actual = "refused";
                refused++;
            }
            assertThat(actual).as(number + " as " + type).isEqualTo(expected);
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }

    @Test
    void everyTypeHasItsJavaType() throws UnfitException {
        assertThat(value("text", "a")).isEqualTo("a");
        assertThat(value("varchar(1)", "a")).isEqualTo("a");
        assertThat(value("integer", "1")).isEqualTo(1);
        assertThat(value("bigint", "1")).isEqualTo(1L);
        assertThat(value("decimal(3,1)", "1")).isEqualTo(new BigDecimal("1.0"));
        assertThat(value("double", "1")).isEqualTo(1.0);
        assertThat(value("boolean", "1")).isEqualTo(true);
        assertThat(value("date", "2026-01-01")).isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(value("time", "01:00")).isEqualTo(LocalTime.of(1, 0));
        assertThat(value("timestamp", "2026-01-01 01:00:00")).isEqualTo(LocalDateTime.of(2026, 1, 1, 1, 0));
        assertThat(value("uuid", "00000000-0000-0000-0000-000000000001")).isEqualTo(new UUID(0, 1));
    }

    @Test
    void textsThatStandForNullAreTheColumnsOrElseTheDialects() {
        assertThat(convert(Columns.nulls("text", false, null), "")).isEqualTo("null");
        assertThat(convert(Columns.nulls("text", false, null), "NULL")).isEqualTo("NULL");
        assertThat(convert(Columns.nulls("text", false, List.of("NULL", "-")), "-"))
                .isEqualTo("null");
        assertThat(convert(Columns.nulls("text", false, List.of("NULL", "-")), ""))
                .isEmpty();
        assertThat(convert(Columns.nulls("text", false, List.of()), "")).isEmpty();
    }

    @Test
    void trimsBeforeAllElse() {
        assertThat(convert(Columns.nulls("integer", true, null), " 7\t")).isEqualTo("7");
        assertThat(convert(Columns.nulls("integer", true, null), "  ")).isEqualTo("null");
        assertThat(convert(Columns.nulls("text", false, null), " a ")).isEqualTo(" a ");
    }

    @Test
    void nullBecomesTheDefaultOrIsRefusedWhereAValueIsRequired() {
        assertThat(convert(Columns.required("integer", false, "5"), "")).isEqualTo("5");
        assertThat(convert(Columns.required("integer", true, "5"), "")).isEqualTo("5");
        assertThat(convert(Columns.required("integer", true, null), "")).isEqualTo("! a value is required");
        assertThat(convert(Columns.required("integer", false, null), "")).isEqualTo("null");
    }

    @Test
    void boundsAreComparedInTheType() {
        assertThat(convert(Columns.bounded("integer", "9", "10"), "9")).isEqualTo("9");
        assertThat(convert(Columns.bounded("integer", "9", "10"), "10")).isEqualTo("10");
        assertThat(convert(Columns.bounded("integer", "9", "10"), "8")).isEqualTo("! less than the minimum 9");
        assertThat(convert(Columns.bounded("integer", "9", "10"), "11")).isEqualTo("! more than the maximum 10");
        assertThat(convert(Columns.bounded("decimal(9,3)", null, "1.5"), "1.500"))
                .isEqualTo("1.500");
        assertThat(convert(Columns.bounded("date", "2026-01-01", null), "2025-12-31"))
                .isEqualTo("! less than the minimum 2026-01-01");
        assertThat(convert(Columns.bounded("text", "b", null), "a")).isEqualTo("! less than the minimum b");
        assertThat(convert(Columns.bounded("integer", "9", "10"), "")).isEqualTo("null");
    }

    @Test
    void theWholeTextMustMatchThePatternAndBeOneOfThoseAllowed() {
        assertThat(convert(Columns.allowing("text", "[a-z]{2}"), "ab")).isEqualTo("ab");
        assertThat(convert(Columns.allowing("text", "[a-z]{2}"), "abc"))
                .isEqualTo("! does not match the pattern [a-z]{2}");
        assertThat(convert(Columns.allowing("text", null, "a", "b"), "b")).isEqualTo("b");
        assertThat(convert(Columns.allowing("text", null, "a", "b"), "c")).isEqualTo("! none of the values allowed");
        assertThat(convert(Columns.allowing("text", "(a|b)*"), "ab".repeat(200_000)))
                .isEqualTo("! too long for the pattern (a|b)*");
    }

    @Test
    void aDefinitionThatCannotBeFollowedHasProblems() {
        assertThat(Columns.of("integer").problems()).isEmpty();
        assertThat(Columns.formatted("text", "yyyy", null).problems())
                .containsExactly("'format' is for date, time and timestamp, not for text");
        assertThat(Columns.formatted("date", null, "UTC").problems())
                .containsExactly("'zone' is for timestamp, not for date");
        assertThat(Columns.formatted("date", "yyyy-MM-dd bb", null).problems())
                .containsExactly("'format' 'yyyy-MM-dd bb': Unknown pattern letter: b");
        for (String format : List.of("yyyy-mm-dd", "YYYY-MM-dd", "MM.yyyy", "HH:mm")) {
            assertThat(Columns.formatted("date", format, null).problems())
                    .singleElement()
                    .asString()
                    .startsWith("'format' '" + format + "': it does not say which date it is");
        }
        assertThat(Columns.formatted("time", "hh:mm", null).problems()).hasSize(1);
        assertThat(Columns.formatted("timestamp", "yyyy-MM-dd", null).problems())
                .hasSize(1);
        assertThat(Columns.allowing("text", "[a-z").problems())
                .containsExactly("'pattern' '[a-z': Unclosed character class at character 4");
        assertThat(Columns.allowing("integer", null, "1", "x").problems())
                .containsExactly("'one-of' 'x': no whole number");
        assertThat(Columns.bounded("integer", "x", "1.5").problems())
                .containsExactly("'min' 'x': no whole number", "'max' '1.5': no whole number");
        assertThat(Columns.bounded("integer", "10", "9").problems())
                .containsExactly("'min' '10' is more than 'max' '9'");
        assertThat(Columns.bounded("uuid", "00000000-0000-0000-0000-000000000001", null)
                        .problems())
                .containsExactly("'min' and 'max' are not for uuid");
        assertThat(Columns.required("integer", false, "x").problems())
                .containsExactly("'default' 'x': no whole number");
    }

    @Test
    void problemsKeepAConverterFromBeingMade() {
        assertThatThrownBy(() -> ColumnConverter.of(Columns.bounded("integer", "10", "9"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 'a': 'min' '10' is more than 'max' '9'");
    }

    private static String convert(ColumnDefinition column, String text) {
        try {
            return String.valueOf(ColumnConverter.of(column, List.of("")).convert(text));
        } catch (UnfitException e) {
            return "! " + e.reason();
        }
    }

    private static @Nullable Object value(String type, String text) throws UnfitException {
        return ColumnConverter.of(Columns.of(type), List.of()).convert(text);
    }
}
