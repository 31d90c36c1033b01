package dev.etljar.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code ${name}}: a job parameter of that name, else an environment variable; and {@code ${file:PATH}}: the text
 * of a small file, such as a secret that an orchestrator mounts, without the line end at its end.
 * What came in is not looked at again, so a value cannot smuggle in another placeholder.
 *
 * @param home what relative paths are relative to
 */
public record Placeholders(Map<String, String> parameters, Map<String, String> environment, Path home) {

    private static final String FILE = "file:";
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(file:[^{}\\p{Cntrl}]+|[A-Za-z_][A-Za-z0-9_.-]*)}");

    /** Of a file, in bytes. */
    private static final int LARGEST = 64 << 10;

    public Placeholders {
        parameters = Map.copyOf(parameters);
        environment = Map.copyOf(environment);
    }

    /** @throws IllegalArgumentException naming the first placeholder that nothing resolves */
    public String resolve(String text) {
        return replaced(text, this::value);
    }

    /**
     * The text as it may be shown in messages and logs: job parameters are known to the job repository anyway, but what comes
     * from the environment or a file may be a secret, and {@code $NAME} stands for it.
     */
    public String resolveShown(String text) {
        return replaced(
                text,
                name -> parameters.getOrDefault(
                        name, "$" + name.replaceFirst(".*[/\\\\:]", "").replaceAll("[^A-Za-z0-9_.-]", "_")));
    }

    /** What is wrong with the text's placeholders; empty where all can be resolved. */
    public List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            try {
                value(matcher.group(1));
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return problems;
    }

    /** What stands between the braces of the text's placeholders, in their order: a name, or {@code file:PATH}. */
    public static List<String> names(String text) {
        return PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static String replaced(String text, Function<String, String> value) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll((MatchResult match) -> Matcher.quoteReplacement(value.apply(match.group(1))));
    }

    private String value(String name) {
        if (name.startsWith(FILE)) {
            return content(name.substring(FILE.length()));
        }
        @Nullable String parameter = parameters.get(name);
        return Optional.ofNullable(parameter != null ? parameter : environment.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "${" + name + "} is neither a job parameter nor an environment variable"));
    }

    private String content(String path) {
        String placeholder = "${" + FILE + path + "}";
        try {
            Path file = home.resolve(path);
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(
                        placeholder + " has " + Files.size(file) + " bytes; the limit is " + LARGEST);
            }
            return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException | RuntimeException e) {
            if (e instanceof IllegalArgumentException known && !(e instanceof java.nio.file.InvalidPathException)) {
                throw known;
            }
            throw new IllegalArgumentException(placeholder + " cannot be read: " + PlainWords.reason(e), e);
        }
    }
}
