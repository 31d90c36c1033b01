package dev.etljar.text;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers, times and foreign text as people read them on one line. The same on every machine: no default locale, UTC. */
public final class HumanFormat {

    private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final String CUT = "...";

    private HumanFormat() {}

    /** Decimal units, one digit after the point: {@code 999 B}, {@code 1.2 GB}. */
    public static String bytes(long bytes) {
        int unit = byteUnit(bytes);
        return amount(bytes, unit) + " " + BYTE_UNITS[unit];
    }

    /** {@code 1.2 of 2.8 GB}, or {@code 300.0 MB of 2.8 GB} where the units differ. */
    public static String bytes(long done, long total) {
        int unit = byteUnit(done);
        return (unit == byteUnit(total) ? amount(done, unit) : bytes(done)) + " of " + bytes(total);
    }

    /** {@code 1,234,000}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 reject}, {@code 1,234,000 rejects}. */
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** The two largest units: {@code 0.3 s}, {@code 12 s}, {@code 1 min 12 s}, {@code 2 h 5 min}, {@code 3 d 4 h}; a negative one is zero. */
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "0 s";
        }
        if (duration.toDays() > 0) {
            return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return pair(duration.toHours(), "h", duration.toMinutesPart(), "min");
        }
        if (duration.toMinutes() > 0) {
            return pair(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        int tenths = duration.toMillisPart() / 100;
        boolean exact = duration.toSeconds() >= 10 || tenths == 0;
        return duration.toSeconds() + (exact ? "" : "." + tenths) + " s";
    }

    /** Three significant digits: {@code 85,100 rows/s}; below ten with one digit after the point: {@code 0.4 rows/s}. */
    public static String rate(double perSecond, String nouns) {
        if (perSecond < 9.95) {
            return String.format(Locale.ROOT, "%.1f %s/s", perSecond, nouns);
        }
        double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(perSecond)) - 2));
        return count((long) (Math.round(perSecond / step) * step)) + " " + nouns + "/s";
    }

    /** ISO 8601 in UTC, to the second: {@code 2026-11-23T03:00:00Z}. */
    public static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Text from outside (data, messages, parameters), made safe for a terminal and for a table: whatever moves the cursor,
     * breaks the line, hides or reorders text is written as an escape such as {@code \n} or {@code \u001b}.
     *
     * @param limit characters of the result, at least 4; what is longer is cut and ends in {@code ...}
     */
    public static String oneLine(String text, int limit) {
        StringBuilder line = new StringBuilder();
        int length = 0;
        int cut = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            String visible = visible(character);
            length += visible.codePointCount(0, visible.length());
            if (length > limit) {
                return line.substring(0, cut) + CUT;
            }
            line.append(visible);
            if (length <= limit - CUT.length()) {
                cut = line.length();
            }
        }
        return line.toString();
    }

    /** Whether the character (a code point) could move the cursor, break the line, or hide or reorder text. */
    public static boolean isUnsafe(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String visible(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                isUnsafe(character) ? String.format(Locale.ROOT, "\\u%04x", character) : Character.toString(character);
        };
    }

    private static String pair(long large, String largeUnit, int small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** The unit in which the number stays below 1000 after rounding, so that 999,999 is 1.0 MB and not 1000.0 kB. */
    private static int byteUnit(long bytes) {
        int unit = 0;
        for (double rest = bytes; rest >= 999.95; rest /= 1000) {
            unit++;
        }
        return unit;
    }

    private static String amount(long bytes, int unit) {
        return unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f", bytes / Math.pow(1000, unit));
    }
}
