package dev.etljar.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run replays: the rejects of another run of its job. It stands in the run's job parameters, and so makes a job instance
 * of its own, which the same command continues.
 *
 * @param of the job instance whose rejects they are
 * @param file the corrected {@code rejects.csv}, or null to take the rejects as they are stored
 * @param sha256 of the file, or null where there is none
 */
public record Replay(long of, @Nullable Path file, @Nullable String sha256) {

    private static final String PREFIX = "replay.";
    private static final String OF = PREFIX + "of";
    private static final String FILE = PREFIX + "file";
    private static final String SHA256 = PREFIX + "sha256";

    /** @throws IllegalArgumentException where a file has no checksum */
    public Replay {
        if ((file == null) != (sha256 == null)) {
            throw new IllegalArgumentException("'" + FILE + "' and '" + SHA256 + "' belong together");
        }
    }

    /**
     * What a run with these job parameters replays, if it does.
     *
     * @throws IllegalArgumentException where they are no replay's
     */
    public static Optional<Replay> in(Map<String, String> parameters) {
        @Nullable String of = parameters.get(OF);
        if (of == null) {
            return Optional.empty();
        }
        if (!of.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("'" + OF + "' is the number of a run, not '" + of + "'");
        }
        @Nullable String file = parameters.get(FILE);
        return Optional.of(new Replay(Long.parseLong(of), file == null ? null : Path.of(file), parameters.get(SHA256)));
    }

    /** The job parameters of the replay, where those are the parameters of the run that is replayed. */
    public Map<String, String> parameters(Map<String, String> replayed) {
        Map<String, String> parameters = new LinkedHashMap<>(replayed);
        parameters.keySet().removeIf(name -> name.startsWith(PREFIX));
        parameters.put(OF, Long.toString(of));
        if (file != null && sha256 != null) {
            parameters.put(FILE, file.toString());
            parameters.put(SHA256, sha256);
        }
        return parameters;
    }
}
