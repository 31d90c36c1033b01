package dev.etljar.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a definition's errors are worded. */
final class Words {

    private static final int SHOWN = 60;

    private Words() {}

    /** In quotes, with control characters made visible, cut where it is long: values are the user's and may be anything. */
    static String quoted(String text) {
        return "'" + oneLine(cut(text, SHOWN)) + "'";
    }

    /** Its first characters where it has more than the limit. */
    static String cut(String text, int limit) {
        return text.codePointCount(0, text.length()) <= limit
                ? text
                : text.substring(0, text.offsetByCodePoints(0, limit)) + "…";
    }

    /** With control characters made visible, so that it stays one line wherever it is printed. */
    static String oneLine(String text) {
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

    static String listed(Collection<String> names) {
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
    static String suggestion(String wrong, Collection<String> right, String all) {
        return nearest(wrong, right)
                .map(name -> ", did you mean " + quoted(name) + "?")
                .orElseGet(() -> "; " + all + " " + listed(right));
    }

    /** The right name that the fewest typing errors lead away from, if it is near enough to be meant. */
    static Optional<String> nearest(String wrong, Collection<String> right) {
        int limit = Math.max(1, Math.min(wrong.length(), SHOWN) / 3);
        if (wrong.length() > 2 * SHOWN) {
            return Optional.empty();
        }
        return right.stream()
                .filter(name -> distance(wrong, name) <= limit)
                .min(Comparator.comparingInt(name -> distance(wrong, name)));
    }

    /** Characters to insert, delete, change or swap with their neighbour; upper and lower case count as one. */
    static int distance(String first, String second) {
        String from = first.toLowerCase(Locale.ROOT);
        String to = second.toLowerCase(Locale.ROOT);
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : fewest(steps, from, to, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int fewest(int[][] steps, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int fewest = Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(fewest, steps[i - 2][j - 2] + 1) : fewest;
    }

    private static void appendVisible(StringBuilder line, int character) {
        if (Character.isISOControl(character) || character == '\u2028' || character == '\u2029') {
            line.append(String.format(Locale.ROOT, "\\u%04x", character));
        } else {
            line.appendCodePoint(character);
        }
    }
}
