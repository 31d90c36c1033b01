package dev.etljar.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FieldParserTests {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    @Test
    void decodesEveryCharsetThatADefinitionAllows() throws UnfitException {
        for (Charset charset : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, WINDOWS_1252}) {
            FieldParser parser = new FieldParser(Dialects.comma(charset));
            assertThat(parser.fields(Dialects.raw("é,\"ü\"\"\"".getBytes(charset))))
                    .containsExactly("é", "ü\"");
        }
        FieldParser parser = new FieldParser(Dialects.comma(WINDOWS_1252));
        assertThat(parser.fields(Dialects.raw("€,„a“".getBytes(WINDOWS_1252)))).containsExactly("€", "„a“");
    }

    @Test
    void refusesBytesThatAreNotUtf8AndNamesTheFirst() {
        FieldParser parser = new FieldParser(Dialects.comma());
        assertThatThrownBy(() -> parser.fields(Dialects.raw("a,ä,caf\u00E9,é".getBytes(StandardCharsets.ISO_8859_1))))
                .isInstanceOf(UnfitException.class)
                .hasMessage("malformed UTF-8 at byte 3 of the record: 0xE4; is the file's charset another one,"
                        + " such as windows-1252?");
        assertThatThrownBy(
                        () -> parser.fields(Dialects.raw(new byte[] {'a', ',', (byte) 0xC3, (byte) 0xA4, (byte) 0xC3})))
                .hasMessageStartingWith("malformed UTF-8 at byte 5 of the record: 0xC3");
        assertThatThrownBy(() -> parser.fields(Dialects.raw(new byte[] {'a', (byte) 0xC0, (byte) 0x80})))
                .hasMessageStartingWith("malformed UTF-8 at byte 2 of the record: 0xC0");
    }

    @Test
    void refusesBytesThatWindows1252LeavesUndefined() {
        FieldParser parser = new FieldParser(Dialects.comma(WINDOWS_1252));
        assertThatThrownBy(() -> parser.fields(Dialects.raw(new byte[] {'a', (byte) 0x81})))
                .hasMessage("malformed windows-1252 at byte 2 of the record: 0x81; is the file's charset another one?");
    }

    @Test
    void aReplacementCharacterThatTheFileItselfHasIsText() throws UnfitException {
        assertThat(new FieldParser(Dialects.comma()).fields(Dialects.raw("a\uFFFD,b")))
                .containsExactly("a\uFFFD", "b");
    }

    @Test
    void refusesWhatTheReaderFoundMalformed() {
        RawRecord raw = new RawRecord(1, 1, 0, new byte[] {'"'}, false, "a reason");
        assertThatThrownBy(() -> new FieldParser(Dialects.comma()).fields(raw)).hasMessage("a reason");
    }
}
