package dev.etljar.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** As PostgreSQL's manual has it, in "Composite Types" and "Arrays"; what the server makes of it is RowWriterIT's. */
class RowLiteralsTests {

    @Test
    void plainValuesStandAsTheyAre() {
        RowLiterals rows = new RowLiterals(List.of(0, 1, 2));
        rows.append(new @Nullable Object[] {1, "Dallas, TX", LocalDateTime.of(2026, 11, 26, 1, 2, 3)});
        rows.append(new @Nullable Object[] {-2, "é 😀'{}", new BigDecimal("0.50")});

        assertThat(rows.literal()).isEqualTo("{\"(1,\\\"Dallas, TX\\\",2026-11-26 01:02:03)\",\"(-2,é 😀'{},0.50)\"}");
    }

    @Test
    void anEmptyTextIsInQuotesAndNullIsNothing() {
        RowLiterals rows = new RowLiterals(List.of(0, 1));
        rows.append(new @Nullable Object[] {"", null});

        assertThat(rows.literal()).isEqualTo("{\"(\\\"\\\",)\"}");
    }

    @Test
    void quotesAndBackslashesAreEscapedForTheRowAndForTheArray() {
        RowLiterals rows = new RowLiterals(List.of(0));
        rows.append(new @Nullable Object[] {"a\"b\\c"});

        assertThat(rows.literal()).isEqualTo("{\"(\\\"a\\\"\\\"b\\\\\\\\c\\\")\"}");
    }

    @Test
    void valuesStandInTheOrderOfTheTablesColumns() {
        RowLiterals rows = new RowLiterals(List.of(1, 0));
        rows.append(new @Nullable Object[] {"a", "b"});

        assertThat(rows.literal()).isEqualTo("{\"(b,a)\"}");
    }

    @Test
    void beginsAnewWhenItIsCleared() {
        RowLiterals rows = new RowLiterals(List.of(0));
        rows.append(new @Nullable Object[] {1});
        assertThat(rows.literal()).isEqualTo("{\"(1)\"}");

        rows.clear();
        rows.append(new @Nullable Object[] {2});

        assertThat(rows.literal()).isEqualTo("{\"(2)\"}");
    }
}
