package dev.etljar.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code ${name}}: a job parameter of that name, else an environment variable.
 * What came in is not looked at again, so a value cannot smuggle in another placeholder.
 */
public record Placeholders(Map<String, String> parameters, Map<String, String> environment) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)}");

    public Placeholders {
        parameters = Map.copyOf(parameters);
        environment = Map.copyOf(environment);
    }

    /** @throws IllegalArgumentException naming the first placeholder that nothing resolves */
    public String resolve(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(this::replacement);
    }

    /** The names in the text that neither a job parameter nor the environment gives. */
    public List<String> missing(String text) {
        List<String> missing = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            if (value(matcher.group(1)).isEmpty()) {
                missing.add(matcher.group(1));
            }
        }
        return missing;
    }

    private String replacement(MatchResult match) {
        String value = value(match.group(1))
                .orElseThrow(() -> new IllegalArgumentException(
                        "${" + match.group(1) + "} is neither a job parameter nor an environment variable"));
        return Matcher.quoteReplacement(value);
    }

    private Optional<String> value(String name) {
        @Nullable String parameter = parameters.get(name);
        return Optional.ofNullable(parameter != null ? parameter : environment.get(name));
    }
}
