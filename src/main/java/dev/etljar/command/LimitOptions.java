package dev.etljar.command;

import dev.etljar.run.RunLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that limit how much one start may do. */
final class LimitOptions {

    @Option(
            names = "--max-duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Begin no chunk and no step after this time, such as 10m; run again to continue.")
    private @Nullable Duration maxDuration;

    @Option(
            names = "--max-items",
            paramLabel = "N",
            description = "Read at most so many records in this start; run again to continue.")
    private @Nullable Long maxItems;

    @Option(
            names = "--max-chunks",
            paramLabel = "N",
            description = "Commit at most so many chunks in this start; run again to continue.")
    private @Nullable Long maxChunks;

    /** @throws IllegalArgumentException where one of them leaves nothing to be done */
    RunLimits limits() {
        return new RunLimits(maxDuration, maxItems, maxChunks);
    }
}
