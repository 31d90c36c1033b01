package dev.etljar.extract;

import static dev.etljar.extract.Archives.gzip;
import static dev.etljar.extract.Archives.tar;
import static dev.etljar.extract.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.DataRefusedException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to cut an archive short, and many ways to damage one. */
class DamagedArchiveTests extends ExtractTestCase {

    private static final String[] ENTRIES = {"a.csv", "0123456789".repeat(60), "folder/b.csv", "b", "c.csv", "cc"};

    static Stream<Arguments> archives() {
        return Stream.of(
                Arguments.of("a.zip", zip(ENTRIES), 4),
                Arguments.of("a.csv.gz", gzip("0123456789\n".repeat(60)), 2),
                // Up to the end mark; the zeros that fill a tar's last block carry nothing.
                Arguments.of("a.tar", Arrays.copyOf(tar(ENTRIES), 3 * 512 + 1024 + 2 * 512 + 512), 512),
                Arguments.of("a.tar.gz", gzip(tar(ENTRIES)), 2));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void cutShortAnywhereItIsRefused(String name, byte[] archive, int shortest) {
        assertThat(extract(download(name, archive))).isNotEmpty();
        for (int length = shortest; length < archive.length; length += archive.length > 1000 ? 7 : 1) {
            assertRefused(download(name, Arrays.copyOf(archive, length)));
        }
    }

    @ParameterizedTest
    @MethodSource("archives")
    void damagedAnywhereItIsRefusedOrGivesWhatItHeld(String name, byte[] archive, int shortest) {
        Map<String, String> whole = extract(download(name, archive));
        Random random = new Random(20261123);
        for (int i = 0; i < 150; i++) {
            byte[] damaged = archive.clone();
            int at = shortest + random.nextInt(archive.length - shortest);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            try {
                Map<String, String> files = extract(download(name, damaged));
                // A tar has checksums for its headers only, and a zip for everything but its names.
                if (!name.equals("a.tar")) {
                    assertThat(files.values())
                            .describedAs("bit of byte %d", at)
                            .containsExactlyElementsOf(whole.values());
                }
                assertThat(files).hasSameSizeAs(whole);
            } catch (DataRefusedException refused) {
                assertThat(refused).hasMessageContaining("https://host/" + name);
            }
        }
    }
}
