package dev.etljar.job;

import dev.etljar.download.DownloadDefinition;
import dev.etljar.finalize.FinalizeDefinition;
import dev.etljar.finalize.FinalizeDefinition.Mode;
import dev.etljar.process.LoadDefinition;
import dev.etljar.row.ColumnDefinition;
import dev.etljar.text.HumanFormat;
import dev.etljar.validate.RuleDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a definition would run, for a person or a script: the five steps with what each would do. */
public final class DefinitionText {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private DefinitionText() {}

    public static String of(String job, JobDefinition definition) {
        List<String> lines = new ArrayList<>();
        lines.add("Job '" + job + "'" + (definition.description() == null ? "" : ": " + definition.description()));
        steps(definition).forEach((step, works) -> {
            if (definition.approve() != null && definition.approve().before().equals(step)) {
                lines.add(approval(definition.approve()));
            }
            lines.add(step);
            works.forEach(work -> lines.add("  " + work));
        });
        return String.join(System.lineSeparator(), lines);
    }

    public static String json(String job, JobDefinition definition) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("job", job);
        document.put("description", definition.description());
        document.put("approval", definition.approve() == null ? null : approval(definition.approve()));
        document.put("steps", steps(definition));
        return JSON.writeValueAsString(document);
    }

    private static String approval(ApproveDefinition approve) {
        return "approval before " + approve.before()
                + (approve.expires() == null ? "" : ", to be given within " + HumanFormat.duration(approve.expires()));
    }

    private static Map<String, List<String>> steps(JobDefinition definition) {
        Map<String, List<String>> steps = new LinkedHashMap<>();
        steps.put(
                "DOWNLOAD",
                definition.download().stream().map(DefinitionText::source).toList());
        steps.put(
                "EXTRACT",
                List.of("entries " + String.join(", ", definition.extract().include())));
        List<String> loads = new ArrayList<>();
        definition.process().loads().forEach(load -> load(load, loads));
        loads.addAll(LoadOrderText.of(definition.process()));
        loads.add("a checkpoint every " + definition.process().checkpointEvery() + " items");
        steps.put("PROCESS", loads);
        List<String> rules = new ArrayList<>(List.of("every record is accounted for"));
        for (RuleDefinition rule : definition.validate()) {
            rules.add(rule.describe() + (rule.severity() == RuleDefinition.Severity.WARN ? " (warn)" : ""));
        }
        steps.put("VALIDATE", rules);
        steps.put("FINALIZE", finalization(definition));
        return steps;
    }

    private static String source(DownloadDefinition source) {
        return source.label() + (source.sha256() == null ? "" : ", sha256 " + source.sha256());
    }

    private static void load(LoadDefinition load, List<String> lines) {
        lines.add(load.files() + " -> " + load.table() + (load.create() ? " (created when missing)" : "") + ", "
                + load.csv().charset() + ", delimiter '" + load.csv().delimiter() + "', at most "
                + load.rejects().max() + " rejects");
        if (load.columns().isEmpty()) {
            lines.add("  every header as a text column");
        }
        int width = load.columns().stream()
                .mapToInt(column -> column.name().length())
                .max()
                .orElse(1);
        for (ColumnDefinition column : load.columns()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-" + width + "s  %-14s %s%s",
                    column.name(),
                    column.type(),
                    "from " + column.source(),
                    column.required() ? ", required" : ""));
        }
    }

    private static String takenBack(LoadDefinition load, FinalizeDefinition finalization) {
        if (load.loadId().isEmpty()) {
            return load.table() + " cannot be taken back: 'load-id-column' is none";
        }
        if (finalization.publish() != Mode.APPEND && finalization.keep() == 0) {
            return load.table() + " cannot be taken back: 'keep' is 0";
        }
        return load.table() + " can be taken back by column " + load.loadIdColumn()
                + (finalization.publish() == Mode.APPEND
                        ? ""
                        : ", the last " + HumanFormat.count(finalization.keep(), "publication"));
    }

    private static List<String> finalization(JobDefinition definition) {
        Mode mode = definition.finalization().publish();
        List<String> lines = new ArrayList<>();
        lines.add("publish: " + mode.name().toLowerCase(Locale.ROOT)
                + (definition.finalization().key().isEmpty()
                        ? ""
                        : " by (" + String.join(", ", definition.finalization().key()) + ")"));
        for (LoadDefinition load : definition.process().loads()) {
            lines.add(takenBack(load, definition.finalization()));
        }
        String archive = definition.finalization().archive();
        lines.add(archive == null ? "the input stays where it is" : "the input goes to " + archive);
        return lines;
    }
}
