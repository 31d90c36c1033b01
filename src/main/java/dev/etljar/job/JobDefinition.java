package dev.etljar.job;

import dev.etljar.download.DownloadDefinition;
import dev.etljar.extract.ExtractDefinition;
import dev.etljar.finalize.FinalizeDefinition;
import dev.etljar.process.ProcessDefinition;
import dev.etljar.validate.RuleDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * A job as its YAML file describes it: one part for each room.
 *
 * @param description for people
 * @param target the name of the database that is loaded into, {@code etl.targets.NAME} in application.yml; null for the
 *     job repository's own
 * @param finalization the key is {@code finalize}, which Java does not allow as a component
 * @param approve where a run waits for a person, or null
 */
public record JobDefinition(
        @Nullable String description,
        @Nullable String target,
        @DefaultValue RetryDefinition retry,
        List<DownloadDefinition> download,
        @DefaultValue ExtractDefinition extract,
        ProcessDefinition process,
        @DefaultValue List<RuleDefinition> validate,
        @Name("finalize") @DefaultValue FinalizeDefinition finalization,
        @Nullable ApproveDefinition approve) {

    public JobDefinition {
        download = List.copyOf(download);
        validate = List.copyOf(validate);
        if (download.isEmpty()) {
            throw new IllegalArgumentException("'download' is empty");
        }
    }

    /** Whether only the target can tell if the loads can be published so: where its tables are to be replaced by others. */
    public boolean asksTarget() {
        return finalization.publish() == FinalizeDefinition.Mode.SWAP;
    }

    /** Whether publishing takes away the rows that were there. */
    public boolean replaces() {
        return finalization.publish().replaces();
    }
}
