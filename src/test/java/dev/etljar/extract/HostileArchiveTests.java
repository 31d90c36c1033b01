package dev.etljar.extract;

import static dev.etljar.extract.Archives.add;
import static dev.etljar.extract.Archives.gzip;
import static dev.etljar.extract.Archives.join;
import static dev.etljar.extract.Archives.replace;
import static dev.etljar.extract.Archives.storedZip;
import static dev.etljar.extract.Archives.tar;
import static dev.etljar.extract.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.GeneralPurposeBit;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileArchiveTests extends ExtractTestCase {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.csv",
                "a/../../evil.csv",
                "a/..",
                "/tmp/evil.csv",
                "//host/share/evil.csv",
                "..\\evil.csv",
                "a\\..\\..\\evil/x",
                "C:/evil.csv",
                "c:evil.csv",
            })
    void aNameThatLeadsOutRefusesTheArchiveBeforeAnythingIsWritten(String name) {
        byte[] zip = zip(out -> {
            for (String each : new String[] {"good.csv", name}) {
                ZipArchiveEntry entry = new ZipArchiveEntry(each);
                entry.setUnixMode(0100644);
                out.putArchiveEntry(entry);
                out.closeArchiveEntry();
            }
        });
        assertRefused(including("good.csv"), download("a.zip", zip)).hasMessageContaining("leads out of the archive");
        assertThat(written()).containsExactly("work/extract/1.finished");

        assertRefused(download("a.tar", tar(name, "x"))).hasMessageContaining(name);
        assertRefused(download("a.tar.gz", gzip(tar(name, "x")))).hasMessageContaining(name);
        assertThat(written()).containsExactly("work/extract/1.finished");
    }

    @Test
    void controlCharactersInANameAreRefusedAndNotRepeated() {
        assertRefused(download("a.zip", zip("a\u001b[2J.csv", "x"))).hasMessageContaining("'a?[2J.csv'");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                (byte) 'V'
            })
    void aTarMayHoldFilesAndFoldersOnly(byte kind) {
        byte[] tar = tar(out -> {
            TarArchiveEntry entry = new TarArchiveEntry("link.csv", kind);
            entry.setLinkName("/etc/passwd");
            out.putArchiveEntry(entry);
            out.closeArchiveEntry();
            add(out, new TarArchiveEntry("link.csv/a.csv"), "x");
        });
        assertRefused(including("*.txt"), download("a.tar", tar))
                .hasMessageContaining("'link.csv': it is a link or a device");
    }

    @Test
    void aLinkInAZipIsRefused() {
        byte[] zip = zip(out -> {
            ZipArchiveEntry entry = new ZipArchiveEntry("link.csv");
            entry.setUnixMode(0120777);
            out.putArchiveEntry(entry);
            out.write(Archives.bytes("/etc/passwd"));
            out.closeArchiveEntry();
        });
        assertRefused(download("a.zip", zip)).hasMessageContaining("'link.csv': it is a link");
    }

    @Test
    void twoEntriesOfOneNameAreRefused() {
        assertRefused(download("a.zip", zip("a.csv", "1", "./a.csv", "2"))).hasMessageContaining("more than one entry");
        assertRefused(download("a.tar", tar("a.csv", "1", "a.csv", "2"))).hasMessageContaining("more than one entry");
    }

    @Test
    void aNameThatIsAFileAndAFolderIsRefused() {
        assertRefused(download("a.zip", zip("a", "1", "a/b.csv", "2"))).hasMessageContaining("one as a folder");
        assertRefused(download("a.tar", tar("a/b.csv", "1", "a", "2"))).hasMessageContaining("one as a folder");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aBombIsStoppedByItsRatio(String name, byte[] bomb) {
        assertRefused(limits(100, Long.MAX_VALUE, 200), download(name, bomb)).hasMessageContaining("'max-ratio'");
        assertThat(written()).containsExactly("work/extract/1.finished");
    }

    static Stream<Arguments> bombs() {
        String zeros = "\0".repeat(1_000_000);
        return Stream.of(
                Arguments.of("a.zip", zip("a.csv", zeros)),
                Arguments.of("a.csv.gz", gzip(zeros)),
                Arguments.of("a.tar.gz", gzip(tar("a.csv", zeros))),
                Arguments.of("tail.tar.gz", gzip(join(tar(), zeros.getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    void whatIsSkippedInACompressedTarCountsToo() {
        byte[] bomb = gzip(tar("skipped.bin", "\0".repeat(1_000_000), "a.csv", "a"));
        assertRefused(including("*.csv"), download("a.tar.gz", bomb)).hasMessageContaining("'max-ratio'");
    }

    @Test
    void theLimitOnBytesIsOverTheWholeArchive() {
        String half = "0123456789".repeat(60);
        assertRefused(limits(100, 1_000, 200), download("a.zip", zip("a", half, "b", half)))
                .hasMessageContaining("more than 1000 bytes")
                .hasMessageContaining("'max-size'");
        assertRefused(limits(100, 1_000, 200), download("a.tar", tar("a", half, "b", half)))
                .hasMessageContaining("'max-size'");
        assertRefused(limits(100, 1_000, 200), download("a.gz", gzip(half + half)))
                .hasMessageContaining("'max-size'");
    }

    @Test
    void theLimitOnEntriesCountsFoldersAndWhatIsNotWanted() {
        String[] four = {"a/", "", "a/1", "1", "a/2", "2", "a/3", "3"};
        assertRefused(limits(3, 1_000_000, 200), download("a.zip", zip(four)))
                .hasMessageContaining("more than 3 entries");
        assertRefused(limits(3, 1_000_000, 200), download("a.tar", tar(four)))
                .hasMessageContaining("more than 3 entries");
        assertThat(extract(limits(4, 1_000_000, 200), download("a.zip", zip(four))))
                .hasSize(3);
    }

    @Test
    void aZipThatHidesItsNumberOfEntriesIsRefused() {
        byte[] zip = zip(IntStream.range(0, 4000)
                .boxed()
                .flatMap(i -> Stream.of(i + "x".repeat(500), ""))
                .toArray(String[]::new));
        ByteBuffer end = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        end.putShort(zip.length - 12, (short) 1);

        assertRefused(limits(3, 1_000_000, 200), download("a.zip", zip)).hasMessageContaining("its headers are larger");
    }

    @Test
    void aDirectoryThatIsShorterThanItSaysIsRefused() {
        byte[] zip = zip("a.csv", "1", "b.csv", "2", "c.csv", "3");
        int second = nth(zip, "PK\1\2", 2);
        zip[second] = 'X';

        assertRefused(download("a.zip", zip)).hasMessageContaining("it has 1 entries where it says 3");
    }

    @Test
    void aSizeThatLiesIsRefused() {
        byte[] zip = zip("a.csv", "0123456789");
        ByteBuffer directory = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int header = nth(zip, "PK\1\2", 1);
        assertThat(directory.getInt(header + 24)).isEqualTo(10);
        directory.putInt(header + 24, 3);

        assertRefused(download("a.zip", zip)).hasMessageContaining("'a.csv': it says 3 bytes and holds 10");
        assertThat(written()).containsExactly("work/extract/1.finished");
    }

    @Test
    void aContentThatDoesNotFitItsChecksumIsRefused() {
        assertRefused(download("a.zip", replace(storedZip("a.csv", "content"), "content", "c0ntent")))
                .hasMessageContaining("'a.csv': its content is damaged");
        byte[] gzip = gzip("content");
        gzip[gzip.length - 5] ^= 1;
        assertRefused(download("a.gz", gzip)).hasMessageContaining("damaged or cut short");
        assertRefused(download("a.tar", replace(tar("a.csv", "a", "b.csv", "b"), "b.csv", "c.csv")))
                .hasMessageContaining("damaged or cut short");
    }

    @Test
    void anEncryptedEntryIsRefusedIfItIsWanted() {
        byte[] zip = zip("a.csv", "a", "b.csv", "b");
        encrypt(zip, nth(zip, "PK\1\2", 1) + 8);
        encrypt(zip, nth(zip, "PK\3\4", 1) + 6);

        assertRefused(download("a.zip", zip)).hasMessageContaining("'a.csv': it is encrypted");
        assertThat(extract(including("b.csv"), download("a.zip", zip))).containsOnlyKeys("b.csv");
    }

    @Test
    void aSparseFileIsRefused() {
        byte[] tar = tar("a.csv", "a");
        tar[156] = TarConstants.LF_GNUTYPE_SPARSE;
        Archives.sumTarHeader(tar);

        assertRefused(download("a.tar", tar));
    }

    @Test
    void aHeaderWithoutEndCostsNoMemory() {
        byte[] bomb = tar(out -> {
            add(out, new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME), "n".repeat(2 << 20));
            add(out, new TarArchiveEntry("a.csv"), "x");
        });

        assertRefused(download("a.tar", bomb)).hasMessageContaining("its headers are larger");
    }

    @Test
    void whatComesAfterTheEndIsNotLostInSilence() {
        assertRefused(download("a.tar", join(tar("a.csv", "a"), tar("b.csv", "b"))))
                .hasMessageContaining("after its end");
        assertRefused(download("a.gz", join(gzip("a"), Archives.bytes("b"))));
    }

    private static void encrypt(byte[] zip, int flags) {
        assertThat(GeneralPurposeBit.parse(zip, flags).usesEncryption()).isFalse();
        zip[flags] |= 1;
    }

    private static int nth(byte[] bytes, String signature, int number) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = -1;
        for (int i = 0; i < number; i++) {
            at = latin.indexOf(signature, at + 1);
        }
        return at;
    }
}
