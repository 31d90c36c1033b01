package dev.etljar.process;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.PartialFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The input of a replay: each record is the only field of a record, so that a quote that one of them does not close does not
 * reach into the next. Not thread-safe.
 */
final class ReplayFile implements AutoCloseable {

    /** The file's dialect. */
    static final CsvDefinition CSV = new CsvDefinition(",", "\"", "none", false, StandardCharsets.UTF_8, List.of());

    private static final Pattern LINE_END = Pattern.compile("\\R");

    // A record of a file has at most as much.
    private static final int MAX_LINES = 999;
    private static final int MAX_BYTES = 1 << 20;

    private final Path path;
    private final PartialFile file;
    private long line = 1;

    ReplayFile(Path path) {
        this.path = path;
        this.file = PartialFile.create(path.resolveSibling(path.getFileName() + ".part"));
    }

    /**
     * Adds a record; gives the line on which it begins.
     *
     * @param key the record's, for messages
     */
    long add(String key, String raw) {
        byte[] bytes = ("\"" + raw.replace("\"", "\"\"") + "\"\n").getBytes(StandardCharsets.UTF_8);
        long lineEnds = LINE_END.matcher(raw).results().count();
        if (bytes.length > MAX_BYTES || lineEnds > MAX_LINES) {
            throw new DataRefusedException("The record " + key + " has " + bytes.length + " bytes in " + (lineEnds + 1)
                    + " lines; a record may have 1 MiB and 1,000 lines. Correct it or delete its line");
        }
        file.write(ByteBuffer.wrap(bytes));
        long begins = line;
        line += lineEnds + 1;
        return begins;
    }

    /** Gives the file its name; returns its SHA-256. */
    String complete() {
        return file.complete(path);
    }

    long size() {
        return file.size();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        file.close();
    }
}
