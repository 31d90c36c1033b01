package dev.etljar.csv;

import com.opencsv.CSVParserBuilder;
import com.opencsv.ICSVParser;
import com.opencsv.RFC4180ParserBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes a record apart into fields: at each delimiter where it has no quotes, else with OpenCSV's RFC 4180 parser, or its CSVParser
 * where the dialect has an escape character.
 *
 * <p>Line ends within quotes stay as they are in the file. (OpenCSV's CSVReader makes LF of them unless it is told otherwise.)
 * Without a quote a record with a NUL is refused, because NUL is then OpenCSV's quote.
 *
 * <p>What a quote means where none should be is OpenCSV's to say: within an unquoted field its RFC 4180 parser takes two for one,
 * and its CSVParser drops some that stand alone. Not thread-safe.
 */
public final class FieldParser {

    /** Stands in for what cannot be decoded. */
    private static final char REPLACEMENT = '\uFFFD';

    private final Charset charset;
    private final boolean quotes;
    private final char delimiter;
    private final boolean splits;
    private final ICSVParser parser;
    private String[] found = new String[16];

    public FieldParser(CsvDefinition csv) {
        charset = csv.charset();
        quotes = csv.quoteCharacter() != null;
        delimiter = csv.delimiterCharacter();
        // Without quotes nobody looks for escape characters before the parser does.
        splits = quotes || csv.escapeCharacter() == null;
        parser = parser(csv);
    }

    private static ICSVParser parser(CsvDefinition csv) {
        Character quote = csv.quoteCharacter();
        Character escape = csv.escapeCharacter();
        char quoteCharacter = quote == null ? ICSVParser.NULL_CHARACTER : quote;
        if (escape == null) {
            return new RFC4180ParserBuilder()
                    .withSeparator(csv.delimiterCharacter())
                    .withQuoteChar(quoteCharacter)
                    .build();
        }
        return new CSVParserBuilder()
                .withSeparator(csv.delimiterCharacter())
                .withQuoteChar(quoteCharacter)
                .withIgnoreQuotations(quote == null)
                .withEscapeChar(escape)
                .build();
    }

    /** @throws UnfitException where the record is malformed, or its bytes are not of the charset */
    public String[] fields(RawRecord raw) throws UnfitException {
        return fields(raw, text(raw));
    }

    /** The fields of a record whose text is known already. */
    public String[] fields(RawRecord raw, String text) throws UnfitException {
        String malformed = raw.malformed();
        if (malformed != null) {
            throw new UnfitException(malformed);
        }
        // The text of a record that decodes has a replacement character only where the file has one, which is rare.
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireDecodable(raw.bytes());
        }
        if (!quotes && text.indexOf(ICSVParser.NULL_CHARACTER) >= 0) {
            throw new UnfitException("a NUL character (U+0000) at character "
                    + (text.indexOf(ICSVParser.NULL_CHARACTER) + 1) + " of the record");
        }
        if (splits && raw.plain()) {
            return split(text);
        }
        try {
            return parser.parseLine(text);
        } catch (IOException e) {
            throw new UnfitException("quotes that do not match: " + e.getMessage());
        }
    }

    /** What OpenCSV makes of a text without quotes and escape characters, which most records are; it takes twice the time. */
    private String[] split(String text) {
        int from = 0;
        int fields = 0;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
            keep(fields++, text.substring(from, at));
            from = at + 1;
        }
        keep(fields++, text.substring(from));
        return Arrays.copyOf(found, fields);
    }

    private void keep(int index, String field) {
        if (index == found.length) {
            found = Arrays.copyOf(found, found.length * 2);
        }
        found[index] = field;
    }

    /** The record's text, with replacement characters for what is not of the charset. */
    public String text(RawRecord raw) {
        return new String(raw.bytes(), charset);
    }

    private void requireDecodable(byte[] bytes) throws UnfitException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, CharBuffer.allocate(bytes.length + 1), true);
        if (result.isError()) {
            String advice = charset.equals(StandardCharsets.UTF_8)
                    ? "; is the file's charset another one, such as windows-1252?"
                    : "; is the file's charset another one?";
            throw new UnfitException("malformed %s at byte %d of the record: 0x%02X"
                            .formatted(charset, in.position() + 1, bytes[in.position()])
                    + advice);
        }
    }
}
