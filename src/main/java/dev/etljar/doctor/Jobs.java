package dev.etljar.doctor;

import dev.etljar.definition.DefinitionException;
import dev.etljar.job.DefinitionReader;
import dev.etljar.job.JobDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that are looked at.
 *
 * @param named the jobs that have a file, or are asked for
 * @param sound what of them can be read, by the jobs' names
 * @param errors what is wrong with the others, one line each
 */
record Jobs(List<String> named, Map<String, JobDefinition> sound, List<String> errors) {

    /** @param only the job that is asked for, or null for all of them */
    static Jobs read(Path home, @Nullable String only) {
        DefinitionReader reader = new DefinitionReader(home);
        Map<String, JobDefinition> sound = new TreeMap<>();
        List<String> errors = new ArrayList<>();
        List<String> named = List.of();
        try {
            named = only == null ? reader.names() : List.of(only);
            for (String job : named) {
                read(reader, job, sound, errors);
            }
        } catch (DefinitionException e) {
            errors.addAll(e.errors());
        }
        return new Jobs(named, sound, errors);
    }

    private static void read(
            DefinitionReader reader, String job, Map<String, JobDefinition> sound, List<String> errors) {
        try {
            sound.put(job, reader.read(job));
        } catch (DefinitionException e) {
            errors.addAll(e.errors());
        }
    }

    /** Where a job's definition is, for people. */
    static String file(String job) {
        return "config/jobs/" + job + ".yml";
    }
}
