package dev.etljar.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant where a wrong one was written. */
public final class NearestName {

    /** No name of a person's is compared beyond it: the work grows with the square. */
    private static final int LONGEST = 60;

    private NearestName() {}

    /** The right name that the fewest typing errors lead away from, if it is near enough to be meant. */
    public static Optional<String> of(String wrong, Collection<String> right) {
        int limit = Math.max(1, Math.min(wrong.length(), LONGEST) / 3);
        if (wrong.length() > 2 * LONGEST) {
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
}
