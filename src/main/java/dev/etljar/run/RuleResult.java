package dev.etljar.run;

import java.util.List;
import java.util.Map;

/**
 * What one validation rule found.
 *
 * @param rule the rule in words, such as {@code not-null bird_strikes (airport, flight_date)}
 * @param violations rows that break it, or the value found where the rule counts
 * @param passed whether the rule holds
 * @param error whether a broken rule refuses the load (severity error) or is only reported (warn)
 * @param message what was found, in one line: expected against actual
 * @param examples up to five rows that break it, column to value
 */
public record RuleResult(
        String rule,
        long violations,
        boolean passed,
        boolean error,
        String message,
        List<Map<String, String>> examples) {

    public RuleResult {
        examples = List.copyOf(examples);
    }

    /** Whether this result refuses the load. */
    public boolean refuses() {
        return !passed && error;
    }
}
