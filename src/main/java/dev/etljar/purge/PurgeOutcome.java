package dev.etljar.purge;

import dev.etljar.run.ExitCode;
import dev.etljar.text.HumanFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a purge ended.
 *
 * @param dryRun whether nothing was removed
 * @param before which runs were old: those that had ended before this moment; null where that was not asked
 * @param jobs by name
 * @param leases rows of leases of jobs that have no runs
 * @param wrong what was wrong with the request, or null
 */
public record PurgeOutcome(
        boolean dryRun,
        @Nullable Instant before,
        List<PurgedJob> jobs,
        long leases,
        @Nullable String wrong) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public PurgeOutcome {
        jobs = List.copyOf(jobs);
    }

    static PurgeOutcome wrong(String message) {
        return new PurgeOutcome(false, null, List.of(), 0, message);
    }

    /** A job that is running is passed over, which is no failure: the next purge finds its runs again. */
    public ExitCode exitCode() {
        if (wrong != null) {
            return ExitCode.WRONG;
        }
        return jobs.stream().anyMatch(job -> job.problem() != null) ? ExitCode.FAILED : ExitCode.COMPLETED;
    }

    /** All that was removed, or would be. */
    public Removed removed() {
        return jobs.stream().map(PurgedJob::removed).reduce(Removed.rows(leases), Removed::plus);
    }

    /**
     * A line for each job of which something goes or that was passed over, one for leases that are nobody's, and one for all,
     * to which they add up; none where the request was wrong.
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (PurgedJob job : jobs) {
            if (job.running() != null) {
                lines.add(job.job() + ": passed over, it is running: " + job.running());
            } else if (!job.removed().equals(Removed.NOTHING)) {
                lines.add(job.job() + ": " + job.removed());
            }
        }
        if (leases > 0) {
            lines.add("Leases of jobs without runs: " + Removed.rows(leases));
        }
        if (wrong == null) {
            lines.add((dryRun ? "Would be removed: " : "Removed: ")
                    + removed()
                    + (before == null ? "" : "; old are runs that ended before " + HumanFormat.time(before)));
        }
        return lines;
    }

    /** What a person has to see to; empty where all is well. */
    public List<String> problems() {
        if (wrong != null) {
            return List.of(wrong);
        }
        return jobs.stream()
                .filter(job -> job.problem() != null)
                .map(job -> "Job '" + job.job() + "' was "
                        + (job.removed().equals(Removed.NOTHING) ? "left as it is: " : "not purged to the end: ")
                        + job.problem())
                .toList();
    }

    /** One JSON document; keys are always there, and null where nothing is known. */
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("exitCode", exitCode().code());
        node.put("dryRun", dryRun);
        node.put("before", before == null ? null : before.toString());
        node.put("message", wrong);
        ArrayNode array = node.putArray("jobs");
        for (PurgedJob job : jobs) {
            ObjectNode one = array.addObject().put("job", job.job());
            put(one, job.removed());
            one.put("running", job.running()).put("problem", job.problem());
        }
        node.put("leases", leases);
        put(node.putObject("removed"), removed());
        return JSON.writeValueAsString(node);
    }

    private static void put(ObjectNode node, Removed removed) {
        node.put("runs", removed.runs())
                .put("rows", removed.rows())
                .put("tables", removed.tables())
                .put("files", removed.files())
                .put("bytes", removed.bytes());
    }
}
