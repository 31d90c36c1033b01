package dev.etljar.job;

import dev.etljar.definition.DefinitionException;
import dev.etljar.definition.DefinitionFile;
import dev.etljar.definition.Words;
import dev.etljar.text.NearestName;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the definitions of jobs, {@code config/jobs/NAME.yml} or {@code .yaml} below home. A definition that is returned
 * is sound in itself; whether its files, tables and servers are there is for others to see. Thread-safe.
 */
public final class DefinitionReader {

    private static final String FOLDER = "config/jobs";
    private static final List<String> ENDINGS = List.of(".yml", ".yaml");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Path folder;

    /** @param home the folder that {@code config} is in */
    public DefinitionReader(Path home) {
        this.folder = home.resolve(FOLDER);
    }

    /**
     * The job of this name: 1 to 100 letters, digits, dots, underscores and hyphens, the first a letter or digit.
     *
     * @throws DefinitionException with everything that is wrong, or saying which jobs there are
     */
    public JobDefinition read(String jobName) {
        Path file = file(jobName);
        DefinitionFile yaml = new DefinitionFile(file, shown(file));
        Optional<JobDefinition> definition = yaml.read(JobDefinition.class);
        definition.ifPresent(sound -> new DefinitionCheck(sound, yaml.findings()).check());
        yaml.requireSound();
        return definition.orElseThrow();
    }

    /** The names of the jobs that have a file, in alphabetical order. */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .flatMap(name -> ENDINGS.stream()
                            .filter(name::endsWith)
                            .map(ending -> name.substring(0, name.length() - ending.length())))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw wrong(FOLDER + ": cannot be listed: " + PlainWords.reason(e));
        }
    }

    private Path file(String jobName) {
        if (!NAME.matcher(jobName).matches()) {
            throw wrong(Words.quoted(jobName) + " is no job's name: 1 to 100 letters, digits, '.', '_' and '-', "
                    + "beginning with a letter or digit. " + jobs());
        }
        List<Path> files = ENDINGS.stream()
                .map(ending -> folder.resolve(jobName + ending))
                .filter(Files::isRegularFile)
                .toList();
        if (files.size() > 1) {
            throw wrong(shown(files.get(1)) + ": there is " + shown(files.get(0)) + " too; keep one of them");
        }
        if (files.isEmpty()) {
            throw wrong(shown(folder.resolve(jobName + ENDINGS.get(0))) + ": there is no such file"
                    + NearestName.of(jobName, names())
                            .map(name -> ", did you mean job " + Words.quoted(name) + "? ")
                            .orElse(". ")
                    + jobs());
        }
        return files.get(0);
    }

    private String jobs() {
        List<String> names = names();
        return names.isEmpty()
                ? "There are no jobs in " + FOLDER + "."
                : "The jobs in " + FOLDER + " are " + Words.listed(names) + ".";
    }

    /** Relative to home and the same on every system. */
    private static String shown(Path file) {
        return FOLDER + "/" + file.getFileName();
    }

    private static DefinitionException wrong(String error) {
        return new DefinitionException(List.of(Words.oneLine(error)));
    }
}
