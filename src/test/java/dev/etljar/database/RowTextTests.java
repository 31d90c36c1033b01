package dev.etljar.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.ChronoField;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the plainest way to write the same. */
class RowTextTests {

    private static final String CHARACTERS = "aZ 09~\u007f\u0080äÿŁ€😀\t\n\r\\\b\u000b\f\u0001";
    private static final int ROWS = 20_000;

    private final RowText text = new RowText(ChronoField.NANO_OF_SECOND);

    @Test
    void textsAreEscapedWhereverTheirSpecialCharactersStand() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            String value = text(random);
            text.append(new @Nullable Object[] {value, null});
            expected.append(value.replace("\\", "\\\\")
                            .replace("\t", "\\t")
                            .replace("\n", "\\n")
                            .replace("\r", "\\r"))
                    .append("\t\\N\n");
        }

        assertThat(written()).as("seed " + seed).isEqualTo(expected.toString());
    }

    private static String text(Random random) {
        StringBuilder value = new StringBuilder();
        int length = random.nextInt(40);
        int[] characters = CHARACTERS.codePoints().toArray();
        // Mostly letters: a special character has to be found behind many that are none.
        for (int i = 0; i < length; i++) {
            value.appendCodePoint(random.nextInt(12) > 0 ? 'x' : characters[random.nextInt(characters.length)]);
        }
        return value.toString();
    }

    @Test
    void decimalsAreWrittenWithAllTheirDigits() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            BigDecimal value = new BigDecimal(new BigInteger(1 + random.nextInt(80), random), random.nextInt(30) - 5)
                    .multiply(BigDecimal.valueOf(random.nextInt(3) - 1));
            text.append(new Object[] {value});
            expected.append(value.toPlainString()).append('\n');
        }

        assertThat(written()).as("seed " + seed).isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.00", "-0.05", "-1.50", "999999999999999999", "-999999999999999.999", "0E-18", "1E+3"})
    void aDecimalIsWrittenAsPlainText(String number) {
        text.append(new Object[] {new BigDecimal(number)});

        assertThat(written()).isEqualTo(new BigDecimal(number).toPlainString() + "\n");
    }

    private String written() {
        return new String(text.bytes(), 0, text.length(), UTF_8);
    }
}
