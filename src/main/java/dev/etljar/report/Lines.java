package dev.etljar.report;

import dev.etljar.text.HumanFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Text within the report's 100 columns. */
final class Lines {

    static final int WIDTH = 100;

    private static final int LONGEST_TEXT = 2500;
    private static final int LONGEST_VALUE = 60;

    private Lines() {}

    /** Foreign text, made safe and broken at blanks into lines that begin with the indent; {@code first} begins the first one. */
    static String wrapped(String first, String indent, String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(first);
        int start = line.length();
        for (String word : HumanFormat.oneLine(text, LONGEST_TEXT).split(" ", -1)) {
            if (line.length() > start && line.length() + 1 + word.length() > WIDTH) {
                lines.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
                start = line.length();
            }
            line.append(line.length() > start ? " " : "").append(word);
        }
        return lines.append(line.toString().stripTrailing()).append('\n').toString();
    }

    /** {@code Label       value}, the value wrapped. */
    static String fact(String label, String value) {
        return wrapped(String.format("%-12s", label), " ".repeat(12), value);
    }

    /** {@code a=1, b=2}, with each value cut. */
    static String pairs(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> HumanFormat.oneLine(pair.getKey() + "=" + pair.getValue(), LONGEST_VALUE))
                .collect(Collectors.joining(", "));
    }

    /** The parameters by name; {@code none} where there are none. */
    static String parameters(Map<String, String> parameters) {
        return parameters.isEmpty() ? "none" : pairs(new TreeMap<>(parameters));
    }
}
