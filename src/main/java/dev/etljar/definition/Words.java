package dev.etljar.definition;

import dev.etljar.text.NearestName;
import dev.etljar.text.Secrets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How a definition's errors are worded. */
public final class Words {

    private static final int SHOWN = 60;

    private Words() {}

    /** In quotes, with control characters made visible, cut where it is long, without secrets: values are the user's and may be anything. */
    public static String quoted(String text) {
        return "'" + oneLine(cut(Secrets.masked(text), SHOWN)) + "'";
    }

    /** Its first characters where it has more than the limit. */
    static String cut(String text, int limit) {
        return text.codePointCount(0, text.length()) <= limit
                ? text
                : text.substring(0, text.offsetByCodePoints(0, limit)) + "…";
    }

    /** With control characters made visible, so that it stays one line wherever it is printed. */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> appendVisible(line, character);
            }
        });
        return line.toString();
    }

    public static String listed(Collection<String> names) {
        return String.join(", ", names);
    }

    /** {@code append, replace or upsert}. */
    static String either(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : listed(names.subList(0, last)) + " or " + names.get(last);
    }

    /**
     * The end of an error about a wrong name: the nearest right one, or all of them.
     *
     * @param all what the right names are, such as {@code the keys here are}
     */
    public static String suggestion(String wrong, Collection<String> right, String all) {
        return NearestName.of(wrong, right)
                .map(name -> ", did you mean " + quoted(name) + "?")
                .orElseGet(() -> "; " + all + " " + listed(right));
    }

    /** {@code maxEntries} is {@code max-entries}, {@code RowCount} is {@code row-count}. */
    public static String kebabCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static void appendVisible(StringBuilder line, int character) {
        if (Character.isISOControl(character) || character == '\u2028' || character == '\u2029') {
            line.append(String.format(Locale.ROOT, "\\u%04x", character));
        } else {
            line.appendCodePoint(character);
        }
    }
}
