package dev.etljar.text;

import java.util.regex.Pattern;

/**
 * What must not be shown, in text that is not this application's own: a driver's or a library's message may quote a URL, and
 * a definition's error quotes what is wrong.
 */
public final class Secrets {

    /** The end of a name that says that its value is one. */
    private static final String NAMES = "pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|signature|sig"
            + "|(?:api|access|private|secret|account|shared|auth)[-_.]?key";

    private static final Pattern NAME = Pattern.compile(
            "(?i)(?:.*[-_.])?(?:" + NAMES + ")(?:[-_.].*)?|.*(?:password|secret|token|credentials?|apikey)");

    /** Up to the last {@code @}: in a malformed URL the password may hold anything. */
    private static final Pattern USER_INFO = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:(?://|thin:))[^\\s\"'<>]*@");

    private static final Pattern QUERY = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:/[^\\s\"'<>?]*\\?)[^\\s\"'<>]+");

    private static final Pattern VALUE = Pattern.compile(
            "(?i)((?:" + NAMES + ")[\"']?\\s*(?:=|(?<=password):)\\s*)(?:\"[^\"\\n]*\"?|'[^'\\n]*'?|[^\\s&;,\"']+)");

    private static final String MASK = "***";

    private Secrets() {}

    /** The text with user info, queries of URLs, and values of {@code password=} and the like masked. */
    public static String masked(String text) {
        String masked = USER_INFO.matcher(text).replaceAll("$1" + MASK + "@");
        masked = QUERY.matcher(masked).replaceAll("$1" + MASK);
        return VALUE.matcher(masked).replaceAll("$1" + MASK);
    }

    /** Whether a value of this name is one, as far as its name tells: {@code password}, {@code api-token}, {@code sftp.secret}. */
    public static boolean isNameOfOne(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether the text holds a URL with user and password. */
    public static boolean inUrl(String text) {
        return text.matches("(?s).*://[^/?#\\s]*:[^/?#\\s]*@.*");
    }
}
