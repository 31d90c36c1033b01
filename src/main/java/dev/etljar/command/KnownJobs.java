package dev.etljar.command;

import dev.etljar.job.DefinitionReader;
import dev.etljar.repository.RunViews;
import dev.etljar.text.NearestName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The jobs that have a file, or that ran. */
record KnownJobs(Set<String> names) {

    static KnownJobs in(Path home, RunViews views) {
        Set<String> names = new TreeSet<>(new DefinitionReader(home).names());
        names.addAll(views.jobs());
        return new KnownJobs(names);
    }

    /** What is wrong with the name of a job, if it is not known. */
    Optional<String> problem(String job) {
        return names.contains(job)
                ? Optional.empty()
                : Optional.of("No job '" + job + "' is known, by a file in config/jobs or by a run"
                        + NearestName.of(job, names)
                                .map(name -> "; did you mean '" + name + "'?")
                                .orElse(names.isEmpty() ? "" : "; the jobs are " + String.join(", ", names)));
    }
}
