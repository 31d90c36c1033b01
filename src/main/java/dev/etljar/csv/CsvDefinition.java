package dev.etljar.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The dialect of a CSV file.
 *
 * @param delimiter one ASCII character, such as {@code ,} or a tab
 * @param quote one ASCII character, or {@code none}
 * @param escape {@code none} for RFC 4180, where a quote is doubled, or one ASCII character
 * @param header whether the first record names the columns
 * @param charset UTF-8, ISO-8859-1 or windows-1252
 * @param nullValues texts that stand for null in every column that names none of its own
 */
public record CsvDefinition(
        @DefaultValue(",") String delimiter,
        @DefaultValue("\"") String quote,
        @DefaultValue("none") String escape,
        @DefaultValue("true") boolean header,
        @DefaultValue("UTF-8") Charset charset,
        @DefaultValue("") List<String> nullValues) {

    private static final String NONE = "none";
    private static final Set<Charset> CHARSETS =
            Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, Charset.forName("windows-1252"));

    public CsvDefinition {
        nullValues = List.copyOf(nullValues);
        requireCharacter("delimiter", delimiter, false);
        requireCharacter("quote", quote, true);
        requireCharacter("escape", escape, true);
        if (delimiter.equals(quote) || delimiter.equals(escape) || (quote.equals(escape) && !quote.equals(NONE))) {
            throw new IllegalArgumentException("'delimiter', 'quote' and 'escape' must differ");
        }
        if (!CHARSETS.contains(charset)) {
            throw new IllegalArgumentException(
                    "'charset' must be UTF-8, ISO-8859-1 or windows-1252, not '" + charset + "'");
        }
    }

    char delimiterCharacter() {
        return delimiter.charAt(0);
    }

    /** The quote, or null where fields are never quoted. */
    @Nullable
    Character quoteCharacter() {
        return quote.equals(NONE) ? null : quote.charAt(0);
    }

    /** The escape character, or null for RFC 4180. */
    @Nullable
    Character escapeCharacter() {
        return escape.equals(NONE) ? null : escape.charAt(0);
    }

    private static void requireCharacter(String key, String value, boolean orNone) {
        if (orNone && value.equals(NONE)) {
            return;
        }
        boolean usable = value.length() == 1
                && value.charAt(0) < 128
                && value.charAt(0) != '\n'
                && value.charAt(0) != '\r'
                && value.charAt(0) != 0;
        if (!usable) {
            throw new IllegalArgumentException("'" + key + "' must be one ASCII character that ends no line"
                    + (orNone ? ", or 'none'" : "") + ", not '" + value + "'");
        }
    }
}
