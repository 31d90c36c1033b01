package dev.etljar.process;

import dev.etljar.run.Sha256;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How records become rows.
 *
 * @param checkpointEvery items in a chunk, which is one transaction and one checkpoint; 1 to 1,000,000
 * @param loads at least one; each fills a table of its own
 */
public record ProcessDefinition(@DefaultValue("5000") int checkpointEvery, List<LoadDefinition> loads) {

    public ProcessDefinition {
        loads = List.copyOf(loads);
        if (checkpointEvery < 1 || checkpointEvery > 1_000_000) {
            throw new IllegalArgumentException("'checkpoint-every' must be 1 to 1000000, not " + checkpointEvery);
        }
        if (loads.isEmpty()) {
            throw new IllegalArgumentException("'loads' is empty");
        }
    }

    /**
     * Equal as long as the loads make the same rows of the same input, so that progress may be continued. Limits on
     * rejects may change, and how often a checkpoint is made.
     */
    String fingerprint() {
        StringBuilder all = new StringBuilder();
        for (LoadDefinition load : loads) {
            all.append(load.files())
                    .append('|')
                    .append(load.format())
                    .append('|')
                    .append(load.csv())
                    .append('|')
                    .append(load.table())
                    .append('|')
                    .append(load.columns())
                    .append('\n');
        }
        return Sha256.of(all.toString());
    }
}
