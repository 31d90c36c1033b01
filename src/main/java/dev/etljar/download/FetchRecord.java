package dev.etljar.download;

import dev.etljar.run.PartialFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of a file that was fetched and verified. It is written after the file has got its name,
 * so a file without its record is fetched again.
 *
 * @param urlSha256 the SHA-256 of the URL without user info: the query may be a secret, so the URL itself is not stored
 * @param size in bytes
 * @param sha256 of the content
 * @param etag the server's ETag, or null
 * @param lastModified the server's Last-Modified, or null
 */
record FetchRecord(
        String urlSha256,
        long size,
        String sha256,
        @Nullable String etag,
        @Nullable String lastModified) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Empty where there is none, or none that can be read. */
    static Optional<FetchRecord> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), FetchRecord.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            // It only saves a fetch.
            return Optional.empty();
        }
    }

    void write(Path file) {
        try (PartialFile partial = PartialFile.create(file.resolveSibling(file.getFileName() + ".part"))) {
            partial.write(ByteBuffer.wrap(JSON.writeValueAsBytes(this)));
            partial.complete(file);
        }
    }

    /** Request headers that make the server answer 304 when its file is still this one, byte for byte. */
    Map<String, String> conditions() {
        Map<String, String> headers = new LinkedHashMap<>();
        // A weak ETag promises an equivalent content only, not the same bytes.
        if (etag != null && !etag.startsWith("W/")) {
            headers.put("If-None-Match", etag);
        } else if (lastModified != null) {
            headers.put("If-Modified-Since", lastModified);
        }
        return headers;
    }
}
