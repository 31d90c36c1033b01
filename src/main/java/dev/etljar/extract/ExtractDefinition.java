package dev.etljar.extract;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What to take out of archives, and how much at the most: archives are hostile until checked.
 *
 * @param include globs over entry names, matched against the whole path and against its last part; at least one
 * @param maxEntries entries of one archive
 * @param maxSize bytes that one archive may unpack to
 * @param maxRatio unpacked against packed bytes of one archive; not judged below 100 KiB unpacked
 */
public record ExtractDefinition(
        @DefaultValue("**") List<String> include,
        @DefaultValue("10000") int maxEntries,
        @DefaultValue("100GB") DataSize maxSize,
        @DefaultValue("200") int maxRatio) {

    public ExtractDefinition {
        include = List.copyOf(include);
        if (include.isEmpty()) {
            throw new IllegalArgumentException("'include' is empty; leave it out to take everything");
        }
        if (maxEntries < 1 || maxRatio < 1 || maxSize.toBytes() < 1) {
            throw new IllegalArgumentException("'max-entries', 'max-size' and 'max-ratio' must be at least 1");
        }
    }
}
