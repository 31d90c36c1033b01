package dev.etljar.report;

import dev.etljar.run.Approval;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.run.Publication;
import dev.etljar.run.RuleResult;
import dev.etljar.run.RunProcess;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StagedTables;
import dev.etljar.run.Verdict;
import dev.etljar.text.HumanFormat;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as JSON, for scripts. Keys are stable, camelCase, always there, and null where nothing is known; instants are ISO 8601 in UTC;
 * what is measured carries its unit in the key.
 */
final class SummaryJson {

    private SummaryJson() {}

    /** What a list needs: who, when, how it ended, the sums. */
    static ObjectNode brief(RunSummary summary, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("job", summary.job());
        node.put("executionId", summary.executionId());
        node.put("instanceId", summary.instanceId());
        ObjectNode parameters = node.putObject("parameters");
        new TreeMap<>(summary.parameters()).forEach(parameters::put);
        node.put("status", summary.status());
        node.put("outcome", Outcome.of(summary).word());
        node.put("message", Outcome.why(summary));
        node.put("start", time(summary.start()));
        node.put("end", time(summary.end()));
        node.put(
                "durationMilliseconds",
                summary.isLeft() ? null : SummaryText.duration(summary, now).toMillis());
        node.set("process", process(summary.process()));
        node.set("approval", approval(summary.approval()));
        Optional<Counts> counts = Counts.of(summary);
        node.put("records", counts.isEmpty() ? null : counts.get().records());
        node.put("loaded", counts.map(Counts::loaded).orElse(null));
        node.put("rejected", counts.map(Counts::rejected).orElse(null));
        return node;
    }

    static ObjectNode full(RunSummary summary, Instant now) {
        ObjectNode node = brief(summary, now);
        ObjectNode phases = node.putObject("phases");
        summary.phases().forEach(phase -> phases.set(phase.phase().name(), phase(phase, now)));
        node.set("progress", progress(summary));
        addLoads(node.putArray("loads"), summary.staged());
        ArrayNode rejects = node.putArray("rejects");
        ReportText.sorted(summary.rejects())
                .forEach(reason ->
                        rejects.addObject().put("reason", reason.getKey()).put("count", reason.getValue()));
        addRules(node.putArray("rules"), summary.verdict());
        node.set("publication", publication(summary.publication()));
        addFiles(node.putObject("files"), summary);
        return node;
    }

    /** The document, without a character that a terminal would obey: such are written as JSON's own escapes. */
    static String text(JsonNode node) {
        StringBuilder text = new StringBuilder();
        node.toPrettyString().codePoints().forEach(character -> {
            boolean layout = character == '\n' || character == '\r';
            if (layout || !HumanFormat.isUnsafe(character)) {
                text.appendCodePoint(character);
            } else {
                for (char unit : Character.toChars(character)) {
                    text.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return text.append('\n').toString();
    }

    private static ObjectNode phase(PhaseSummary phase, Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", phase.status().name())
                .put("start", time(phase.start()))
                .put("end", time(phase.end()))
                .put(
                        "durationMilliseconds",
                        phase.start() == null ? null : phase.duration(now).toMillis());
    }

    private static JsonNode progress(RunSummary summary) {
        Progress progress = summary.progress();
        if (progress == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        OptionalInt percent = SummaryText.percent(summary);
        return JsonNodeFactory.instance
                .objectNode()
                .put("phase", progress.phase().name())
                .put("positionBytes", progress.position())
                .put("totalBytes", progress.total() < 0 ? null : progress.total())
                .put("percent", percent.isPresent() ? percent.getAsInt() : null)
                .put("loaded", progress.loaded())
                .put("rejected", progress.rejected());
    }

    private static void addLoads(ArrayNode loads, @Nullable StagedTables staged) {
        if (staged != null) {
            staged.tables()
                    .forEach(load -> loads.addObject()
                            .put("load", load.load())
                            .put("table", load.table())
                            .put("records", load.records())
                            .put("loaded", load.loaded())
                            .put("rejected", load.rejected())
                            .put("filtered", load.filtered()));
        }
    }

    private static void addRules(ArrayNode rules, @Nullable Verdict verdict) {
        if (verdict != null) {
            verdict.results().forEach(result -> addRule(rules.addObject(), result));
        }
    }

    private static void addRule(ObjectNode rule, RuleResult result) {
        rule.put("rule", result.rule());
        rule.put("result", ReportText.verdict(result));
        rule.put("violations", result.violations());
        rule.put("message", result.message());
        ArrayNode examples = rule.putArray("examples");
        result.examples().forEach(row -> row.forEach(examples.addObject()::put));
    }

    private static JsonNode process(@Nullable RunProcess process) {
        return process == null
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("name", process.name())
                        .put("gone", process.isGone());
    }

    private static JsonNode approval(@Nullable Approval approval) {
        return approval == null
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("before", approval.before().name())
                        .put("state", approval.state().name())
                        .put("by", approval.by())
                        .put("comment", approval.note())
                        .put("decidedAt", time(approval.decidedAt()))
                        .put("expires", time(approval.expires()));
    }

    private static JsonNode publication(@Nullable Publication publication) {
        if (publication == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("publishedAt", time(publication.publishedAt()));
        node.put("takenBackAt", time(publication.takenBackAt()));
        ArrayNode tables = node.putArray("tables");
        publication
                .tables()
                .forEach(table -> tables.addObject()
                        .put("load", table.load())
                        .put("table", table.table())
                        .put("mode", table.mode())
                        .put("rows", table.rows()));
        ArrayNode warnings = node.putArray("warnings");
        publication.warnings().forEach(warnings::add);
        return node;
    }

    private static void addFiles(ObjectNode files, RunSummary summary) {
        files.put("workspace", summary.workspace().root().toString());
        files.put("progress", summary.workspace().progress().toString());
        files.put("report", summary.workspace().textReport().toString());
        files.put("reportJson", summary.workspace().jsonReport().toString());
        files.put(
                "rejects",
                Counts.hasRejects(summary) ? summary.workspace().rejects().toString() : null);
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
