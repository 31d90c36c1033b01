package dev.etljar.process;

import dev.etljar.run.Sha256;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How records become rows.
 *
 * @param checkpointEvery records in a chunk, which is one transaction and one checkpoint; 1 to 1,000,000
 * @param parallelism how many partitions (ranges of files) are loaded side by side, 1 to 16; the number of the machine's cores
 *     where it is not given
 * @param rangeSize the least size of a range: a smaller file is one partition, a larger one is cut into as many as run side by side
 * @param loads at least one; each fills a table of its own
 */
public record ProcessDefinition(
        @DefaultValue("5000") int checkpointEvery,
        @Nullable Integer parallelism,
        @DefaultValue("4MB") DataSize rangeSize,
        List<LoadDefinition> loads) {

    private static final int MOST_SIDE_BY_SIDE = 16;

    public ProcessDefinition {
        loads = List.copyOf(loads);
        if (parallelism == null) {
            parallelism = Math.min(Runtime.getRuntime().availableProcessors(), MOST_SIDE_BY_SIDE);
        }
        if (parallelism < 1 || parallelism > MOST_SIDE_BY_SIDE) {
            throw new IllegalArgumentException(
                    "'parallelism' must be 1 to " + MOST_SIDE_BY_SIDE + ", not " + parallelism);
        }
        if (rangeSize.toBytes() < 1) {
            throw new IllegalArgumentException("'range-size' must be 1B or more, not " + rangeSize);
        }
        if (checkpointEvery < 1 || checkpointEvery > 1_000_000) {
            throw new IllegalArgumentException("'checkpoint-every' must be 1 to 1000000, not " + checkpointEvery);
        }
        if (loads.isEmpty()) {
            throw new IllegalArgumentException("'loads' is empty");
        }
    }

    /** The same loads of records that are text already, of which any number may be rejected again. */
    public ProcessDefinition ofReplay() {
        return new ProcessDefinition(
                checkpointEvery,
                parallelism,
                rangeSize,
                loads.stream().map(LoadDefinition::ofReplay).toList());
    }

    /** How many partitions are loaded side by side. */
    @Override
    public Integer parallelism() {
        return Objects.requireNonNull(parallelism);
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
