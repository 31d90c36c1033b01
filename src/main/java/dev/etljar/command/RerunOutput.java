package dev.etljar.command;

import dev.etljar.report.StatusText;
import dev.etljar.rerun.RerunPlan;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Phase;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunSummary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What 'rerun' prints: as text the plan, and then what every run prints; as JSON one document, at the end. */
final class RerunOutput {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EtlCommand etl;
    private final long execution;
    private final Phase from;
    private final boolean dryRun;
    private final Format format;
    private @Nullable RerunPlan plan;

    RerunOutput(EtlCommand etl, long execution, Phase from, boolean dryRun, Format format) {
        this.etl = etl;
        this.execution = execution;
        this.from = from;
        this.dryRun = dryRun;
        this.format = format;
    }

    void plan(RerunPlan settled) {
        plan = settled;
        if (format == Format.TEXT) {
            etl.out().println(settled.text());
            etl.out().flush();
        }
    }

    /** The end of a dry run. */
    int end(RerunPlan settled) {
        plan(settled);
        if (format == Format.JSON) {
            print(ExitCode.COMPLETED, "", null);
        }
        return ExitCode.COMPLETED.code();
    }

    /** The end of a run, or why there is none. */
    int end(RunOutcome outcome) {
        @Nullable RunSummary summary = outcome.summary();
        if (format == Format.JSON) {
            print(outcome.exitCode(), outcome.message(), summary);
            return outcome.exitCode() == ExitCode.COMPLETED ? ExitCode.COMPLETED.code() : etl.tell(outcome);
        }
        if (summary != null) {
            etl.out().print(StatusText.of(summary));
            etl.out().flush();
        }
        return etl.tell(outcome);
    }

    private void print(ExitCode exitCode, String message, @Nullable RunSummary summary) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("executionId", execution);
        node.put("from", from.name());
        node.put("dryRun", dryRun);
        node.put("exitCode", exitCode.code());
        node.put("message", message);
        if (plan == null) {
            node.putNull("plan");
        } else {
            add(node.putObject("plan"), plan);
        }
        node.set("run", summary == null ? null : JSON.readTree(StatusText.json(summary)));
        etl.out().println(node.toPrettyString());
        etl.out().flush();
    }

    private static void add(ObjectNode node, RerunPlan plan) {
        node.put("from", plan.from().name());
        node.put("goesOn", plan.goesOn());
        ArrayNode takenBack = node.putArray("takenBack");
        plan.takenBack()
                .forEach(load -> takenBack
                        .addObject()
                        .put("publication", load.id())
                        .put("table", load.table())
                        .put("mode", load.mode())
                        .put("rows", load.rows()));
        plan.givenUp().forEach(node.putArray("givenUp")::add);
        ArrayNode staged = node.putArray("dropped");
        plan.staged()
                .forEach(each -> staged.addObject().put("table", each.table()).put("rows", each.rows()));
        node.put("rejects", plan.rejects());
        ArrayNode putBack = node.putArray("putBack");
        plan.putBack()
                .forEach((place, archived) ->
                        putBack.addObject().put("file", place.toString()).put("archived", archived.toString()));
        plan.again().stream().map(Phase::name).forEach(node.putArray("again")::add);
        plan.kept().stream().map(Phase::name).forEach(node.putArray("kept")::add);
        plan.notes().forEach(node.putArray("notes")::add);
    }
}
