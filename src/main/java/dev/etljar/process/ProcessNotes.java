package dev.etljar.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What PROCESS keeps in the job's context from its first attempt on, beside its hand-overs and {@link Partitions}' ranges. */
record ProcessNotes(ExecutionContext jobContext) {

    /** Pinned: the key under which the loads' fingerprint stands once staging has begun. */
    private static final String BEGUN = "process.loads";

    /** Pinned: the number of rejects for each reason, as JSON. */
    private static final String REJECTS = "process.rejects";

    /** Pinned: what the names of the staging tables begin with. */
    private static final String STAGING = "process.staging";

    /** Pinned: the bytes of all files of all loads. */
    private static final String BYTES = "process.bytes";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param fingerprint of the loads as they are defined */
    void begin(String fingerprint, String stagingPrefix, long bytes) {
        jobContext.putString(BEGUN, fingerprint);
        jobContext.putString(STAGING, stagingPrefix);
        jobContext.putLong(BYTES, bytes);
    }

    boolean begun() {
        return jobContext.containsKey(BEGUN);
    }

    boolean begunOtherwise(String fingerprint) {
        return begun() && !jobContext.getString(BEGUN).equals(fingerprint);
    }

    Optional<String> stagingPrefix() {
        return jobContext.containsKey(STAGING) ? Optional.of(jobContext.getString(STAGING)) : Optional.empty();
    }

    /** -1 before it has begun. */
    long bytes() {
        return jobContext.getLong(BYTES, -1);
    }

    void tellRejects(Map<String, Long> byReason) {
        jobContext.putString(REJECTS, JSON.writeValueAsString(byReason));
    }

    Map<String, Long> rejects() {
        return jobContext.containsKey(REJECTS)
                ? JSON.readValue(jobContext.getString(REJECTS), new TypeReference<TreeMap<String, Long>>() {})
                : Map.of();
    }

    void forget() {
        List.of(BEGUN, STAGING, BYTES, REJECTS, Partitions.RANGES).forEach(jobContext::remove);
    }
}
