package dev.etljar.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A file as text: UTF-8, of a bounded size, without characters that no editor shows. */
final class YamlText {

    static final int MAX_BYTES = 1 << 20;

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private YamlText() {}

    /** @throws YamlSyntaxException where the file is empty, too large or not such a text */
    static String read(Path file) throws IOException, YamlSyntaxException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new YamlSyntaxException(
                    Position.START, "the file is larger than " + MAX_BYTES + " bytes, which no definition needs");
        }
        String text = decoded(bytes);
        requireVisible(text);
        return text;
    }

    private static String decoded(byte[] bytes) throws YamlSyntaxException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new YamlSyntaxException(
                    endOf(text),
                    String.format(Locale.ROOT, "the file is not UTF-8, see byte 0x%02X", in.get(in.position())));
        }
        return text.startsWith(Character.toString(BYTE_ORDER_MARK)) ? text.substring(1) : text;
    }

    private static void requireVisible(String text) throws YamlSyntaxException {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean white = character == '\n' || character == '\r' || character == '\t';
            if ((Character.isISOControl(character) && !white) || character == 0xFFFE || character == 0xFFFF) {
                throw new YamlSyntaxException(
                        endOf(text.substring(0, i)),
                        String.format(Locale.ROOT, "the character U+%04X is not allowed", (int) character));
            }
        }
    }

    private static Position endOf(String text) {
        int lines = (int) text.chars().filter(character -> character == '\n').count();
        int lineStart = text.lastIndexOf('\n') + 1;
        return new Position(lines + 1, text.codePointCount(lineStart, text.length()) + 1);
    }
}
