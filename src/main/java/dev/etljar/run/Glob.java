package dev.etljar.run;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A glob over entry names with {@code /}: {@code *} and {@code ?} stay within a part, {@code **} crosses parts, {@code **}{@code /} is
 * any number of folders or none; {@code [a-z]}, {@code [!a-z]}, {@code {a,b}}, and {@code \} before a character that means itself.
 * The JDK's own globs work on paths, and a machine whose locale is POSIX (the rule under cron) has no path for {@code größe.csv}.
 */
public record Glob(String text, Pattern pattern) {

    /** @throws IllegalArgumentException naming the glob, when it is not one */
    public static Glob of(String text) {
        try {
            return new Glob(text, Pattern.compile(new Translation(text).regex(), Pattern.DOTALL));
        } catch (PatternSyntaxException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("'" + text + "' is not a valid glob", e);
        }
    }

    /** Whether it fits the whole path or its last part. */
    public boolean matches(String path) {
        return pattern.matcher(path).matches()
                || pattern.matcher(path.substring(path.lastIndexOf('/') + 1)).matches();
    }

    /** Reads the glob from left to right. */
    private static final class Translation {

        private final String glob;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private int groups;

        Translation(String glob) {
            this.glob = glob;
        }

        String regex() {
            while (at < glob.length()) {
                char c = glob.charAt(at++);
                switch (c) {
                    case '*' -> star();
                    case '?' -> regex.append("[^/]");
                    case '[' -> set();
                    case '{' -> open();
                    case '}' -> close();
                    case ',' -> regex.append(groups > 0 ? "|" : ",");
                    case '\\' -> literal(glob.charAt(at++));
                    default -> literal(c);
                }
            }
            if (groups > 0) {
                throw new PatternSyntaxException("'{' without '}'", glob, at);
            }
            return regex.toString();
        }

        private void star() {
            if (!glob.startsWith("*", at)) {
                regex.append("[^/]*");
                return;
            }
            at++;
            boolean folders = glob.startsWith("/", at) && (at == 2 || glob.charAt(at - 3) == '/');
            regex.append(folders ? "(?:.*/)?" : ".*");
            at += folders ? 1 : 0;
        }

        private void set() {
            int end = glob.indexOf(']', at + 1);
            String members = glob.substring(at, end);
            at = end + 1;
            boolean not = members.startsWith("!");
            String quoted = (not ? members.substring(1) : members).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
            regex.append("(?!/)[").append(not ? "^" : "").append(quoted).append(']');
        }

        private void open() {
            groups++;
            regex.append("(?:");
        }

        private void close() {
            if (groups == 0) {
                throw new PatternSyntaxException("'}' without '{'", glob, at);
            }
            groups--;
            regex.append(')');
        }

        private void literal(char c) {
            regex.append(Pattern.quote(String.valueOf(c)));
        }
    }
}
