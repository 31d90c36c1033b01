package dev.etljar.command;

import dev.etljar.job.DefinitionReader;
import java.nio.file.Path;
import java.util.Iterator;

/** What a job's name on the command line may be: marks the places where the shell completes one. Made by picocli. */
final class JobNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return new DefinitionReader(Path.of("")).names().iterator();
    }
}
