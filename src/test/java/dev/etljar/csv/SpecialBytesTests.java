package dev.etljar.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialBytesTests {

    private static final int BLOCKS = 50_000;

    @ParameterizedTest
    @CsvSource({"'\"', 256", "'\"', '\\'", "256, 256", "'~', '!'", "'\u007f', '|'"})
    void theFirstOfThemIsFoundWhateverStandsAround(String first, String second) {
        int one = character(first);
        int two = character(second);
        SpecialBytes specials = new SpecialBytes(one, two);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] bytes = new byte[BLOCKS * SpecialBytes.WIDTH];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i += 5) {
            bytes[i] = 'a';
        }

        for (int from = 0; from < bytes.length; from += SpecialBytes.WIDTH) {
            int expected = 0;
            while (expected < SpecialBytes.WIDTH && !isSpecial(bytes[from + expected], one, two)) {
                expected++;
            }
            assertThat(specials.before(bytes, from))
                    .as("seed " + seed + " at " + from)
                    .isEqualTo(expected);
        }
    }

    private static boolean isSpecial(byte b, int one, int two) {
        return b == one || b == two || (b >= 0 && b <= '\r');
    }

    private static int character(String text) {
        return text.length() == 1 ? text.charAt(0) : Integer.parseInt(text);
    }
}
