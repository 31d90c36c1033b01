package dev.etljar.selftest;

import dev.etljar.run.Phase;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What the kills led to. */
public final class SelftestResult {

    private final long seed;
    private final String database;
    private final Map<Shape, Integer> rounds;
    private final List<Kill> kills;
    private final Map<Integer, Long> exitCodes;
    private final Differences differences;
    private final List<String> stuck;

    SelftestResult(
            long seed,
            String database,
            Map<Shape, Integer> rounds,
            List<Kill> kills,
            Map<Integer, Long> exitCodes,
            Differences differences,
            List<String> stuck) {
        this.seed = seed;
        this.database = database;
        this.rounds = new EnumMap<>(rounds);
        this.kills = List.copyOf(kills);
        this.exitCodes = new TreeMap<>(exitCodes);
        this.differences = differences;
        this.stuck = List.copyOf(stuck);
    }

    /** Whether nothing was lost, doubled, wrong or left, and nobody was needed. */
    public boolean passed() {
        return differences.none() && stuck.isEmpty();
    }

    /** Kills in each phase of a run, and of each command; those that were never hit are there too. */
    public Map<String, Long> kills() {
        Map<String, Long> points = new LinkedHashMap<>();
        for (Phase phase : Phase.values()) {
            points.put(phase.name(), 0L);
        }
        for (Act act : Act.values()) {
            if (act != Act.RUN) {
                points.put(act.command(), 0L);
            }
        }
        kills.forEach(kill -> points.merge(kill.point(), 1L, Long::sum));
        return points;
    }

    /** A table of kill points and what came of them; ends with a newline. */
    public String text() {
        StringBuilder text = new StringBuilder("Killed in       Kills\n");
        kills().forEach((point, count) -> text.append("%-14s  %5d%n".formatted(point, count)));
        return text.append("%-14s  %5d, on %s, seed %d%n".formatted("in all", kills.size(), database, seed))
                .append("rounds: ")
                .append(counts(rounds))
                .append("\nended by themselves, by exit code: ")
                .append(counts(exitCodes))
                .append('\n')
                .append(differences)
                .append("\na person was needed: ")
                .append(stuck.size())
                .append(stuck.isEmpty() ? "" : " " + stuck)
                .append(passed() ? "\nPASSED\n" : "\nFAILED\n")
                .toString();
    }

    private static String counts(Map<?, ? extends Number> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The same as one JSON object; ends with a newline. */
    public String json() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("passed", passed());
        result.put("database", database);
        result.put("seed", seed);
        result.put("rounds", named(rounds));
        result.put("kills", kills());
        result.put("exitCodes", named(exitCodes));
        result.put("lost", differences.lost());
        result.put("doubled", differences.doubled());
        result.put("wrong", differences.wrong());
        result.put("rejectsMissing", differences.rejectsMissing());
        result.put("rejectsDoubled", differences.rejectsDoubled());
        result.put("publicationsWrong", differences.publications());
        result.put("stagingTablesLeft", differences.stagingTables());
        result.put("personNeeded", stuck);
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
    }

    private static Map<String, Object> named(Map<?, ? extends Number> counts) {
        Map<String, Object> named = new LinkedHashMap<>();
        counts.forEach((name, count) -> named.put(String.valueOf(name), count));
        return named;
    }
}
