package dev.etljar.doctor;

import dev.etljar.download.DownloadDefinition;
import dev.etljar.job.JobDefinition;
import dev.etljar.text.Placeholders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What definitions take from files and from the environment. A name in capitals is taken for a variable of the environment, any
 * other one for a job parameter, which only a start has.
 */
record PlaceholderCheck(Jobs jobs, Path home, Map<String, String> environment) implements Check {

    @Override
    public List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        jobs.sound()
                .forEach((job, definition) -> texts(definition)
                        .flatMap(text -> Placeholders.names(text).stream())
                        .distinct()
                        .forEach(name -> look(job, name, findings)));
        return findings;
    }

    private static Stream<String> texts(JobDefinition definition) {
        Stream<String> sources = definition.download().stream().map(DownloadDefinition::url);
        Stream<String> checksums =
                definition.download().stream().map(DownloadDefinition::sha256).filter(Objects::nonNull);
        return Stream.of(
                        sources,
                        checksums,
                        Stream.ofNullable(definition.finalization().archive()))
                .flatMap(texts -> texts);
    }

    private void look(String job, String name, List<Finding> findings) {
        if (name.startsWith("file:")) {
            new Placeholders(Map.of(), environment, home)
                    .problems("${" + name + "}")
                    .forEach(
                            problem -> findings.add(
                                    Finding.error(
                                            problem,
                                            Jobs.file(job),
                                            "Put the file there, and let the user read it; a relative path is relative to --etl.home")));
        } else if (name.matches("[A-Z][A-Z0-9_]*") && !environment.containsKey(name)) {
            findings.add(Finding.warning(
                    "${" + name + "} is not set in this environment",
                    Jobs.file(job),
                    "Set it where the job is started, or give it there as a job parameter: " + name + "=…"));
        }
    }
}
