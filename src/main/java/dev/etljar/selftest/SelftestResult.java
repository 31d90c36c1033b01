package dev.etljar.selftest;

import dev.etljar.run.Phase;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the kills led to. */
public final class SelftestResult {

    private final long seed;
    private final String database;
    private final int rounds;
    private final List<Kill> kills;
    private final Differences differences;
    private final List<String> stuck;

    SelftestResult(
            long seed, String database, int rounds, List<Kill> kills, Differences differences, List<String> stuck) {
        this.seed = seed;
        this.database = database;
        this.rounds = rounds;
        this.kills = List.copyOf(kills);
        this.differences = differences;
        this.stuck = List.copyOf(stuck);
    }

    /** Whether nothing was lost, doubled or wrong, and nobody was needed. */
    public boolean passed() {
        return differences.none() && stuck.isEmpty();
    }

    /** Kills in each phase. */
    public Map<Phase, Long> kills() {
        Map<Phase, Long> byPhase = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            byPhase.put(
                    phase, kills.stream().filter(kill -> kill.phase() == phase).count());
        }
        return byPhase;
    }

    /** A table of kill points and what came of them; ends with a newline. */
    public String text() {
        StringBuilder text = new StringBuilder("Killed in   Kills\n");
        kills().forEach((phase, count) -> text.append("%-10s  %5d%n".formatted(phase, count)));
        return text.append("%-10s  %5d, in %d rounds on %s, seed %d%n"
                        .formatted("in all", kills.size(), rounds, database, seed))
                .append(differences)
                .append("\na person was needed: ")
                .append(stuck.size())
                .append(stuck.isEmpty() ? "" : " " + stuck)
                .append(passed() ? "\nPASSED\n" : "\nFAILED\n")
                .toString();
    }

    /** The same as one JSON object; ends with a newline. */
    public String json() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("passed", passed());
        result.put("database", database);
        result.put("seed", seed);
        result.put("rounds", rounds);
        result.put("kills", kills());
        result.put("lost", differences.lost());
        result.put("doubled", differences.doubled());
        result.put("wrong", differences.wrong());
        result.put("rejectsMissing", differences.rejectsMissing());
        result.put("rejectsDoubled", differences.rejectsDoubled());
        result.put("personNeeded", stuck);
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
    }
}
