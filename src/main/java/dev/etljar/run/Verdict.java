package dev.etljar.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What VALIDATE hands to FINALIZE: the staged tables and what every rule said of them. */
public record Verdict(StagedTables staged, List<RuleResult> results) implements HandOver {

    public Verdict {
        results = List.copyOf(results);
    }

    @Override
    public Optional<String> refusal() {
        List<RuleResult> failed = results.stream().filter(RuleResult::refuses).toList();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("VALIDATE refused the data, nothing was published: "
                + failed.stream()
                        .map(result -> result.rule() + ": " + result.message())
                        .collect(Collectors.joining("; ")));
    }
}
