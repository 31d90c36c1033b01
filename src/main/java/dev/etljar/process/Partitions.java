package dev.etljar.process;

import dev.etljar.csv.Position;
import dev.etljar.csv.Range;
import dev.etljar.run.InputFile;
import dev.etljar.run.Phase;
import dev.etljar.run.RunContext;
import dev.etljar.text.HumanFormat;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Cuts the files of the loads into partitions, once for a run: a restart has those of the first attempt. */
record Partitions(int parallelism, long rangeSize, RunContext context) {

    /** Pinned: where the ranges of each file begin that has more than one, as JSON. */
    static final String RANGES = "process.ranges";

    /** Bytes that take more than a second or two. */
    private static final long LONG_TO_READ = 1L << 30;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads each large file once, to find where its records begin; gives the loads of which much is loaded side by side, and
     * how many lines of a file a part has, the largest number where no file is cut.
     */
    Map<Load, Long> cut(List<Load> loads, ExecutionContext jobContext) throws IOException {
        Map<String, List<Position>> ranges = new TreeMap<>();
        Map<Load, Long> sideBySide = new LinkedHashMap<>();
        for (Load load : loads) {
            int parts = 0;
            long bytes = 0;
            long lines = Long.MAX_VALUE;
            for (int file = 0; file < load.files().size(); file++) {
                InputFile input = load.files().get(file);
                int count = (int) Math.min(parallelism, input.size() / rangeSize);
                if (count > 1 && input.size() > LONG_TO_READ) {
                    context.listener()
                            .noted(
                                    Phase.PROCESS,
                                    "looks for " + count + " ranges in " + input.source() + ", "
                                            + HumanFormat.bytes(input.size()));
                }
                List<Position> starts = Range.cut(input.path(), load.csv(), input.size(), count, context.stop());
                if (starts.size() > 1) {
                    ranges.put(name(load, file), starts);
                    lines = Math.min(lines, starts.get(1).line());
                }
                parts += starts.size();
                bytes += input.size();
            }
            if (Math.min(parts, parallelism) > 1 && bytes >= rangeSize) {
                sideBySide.put(load, lines);
            }
        }
        jobContext.putString(RANGES, JSON.writeValueAsString(ranges));
        return sideBySide;
    }

    /** The partitions by their names, in the order of loads, files and ranges. */
    static Map<String, Partition> of(List<LoadTally> tallies, ExecutionContext jobContext, Runnable report) {
        Map<String, List<Position>> ranges =
                JSON.readValue(jobContext.getString(RANGES, "{}"), new TypeReference<>() {});
        Map<String, Partition> partitions = new LinkedHashMap<>();
        for (LoadTally tally : tallies) {
            for (int file = 0; file < tally.load().files().size(); file++) {
                String name = name(tally.load(), file);
                List<Position> starts = ranges.getOrDefault(name, List.of(Position.START));
                List<Range> cut =
                        Range.of(starts, tally.load().files().get(file).size());
                for (int i = 0; i < cut.size(); i++) {
                    String part = cut.size() == 1 ? name : name + "-range" + (i + 1);
                    partitions.put(part, new Partition(tally, file, part, cut.get(i), report));
                }
            }
        }
        return partitions;
    }

    /** Pinned. */
    private static String name(Load load, int file) {
        return "load" + (load.index() + 1) + "-file" + (file + 1);
    }
}
