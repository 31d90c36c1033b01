package dev.etljar.definition;

import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A YAML file that becomes a record: its components are the file's keys, their types say what may stand there. Everything that is
 * wrong is found in one go. Used once, by one thread.
 */
public final class DefinitionFile {

    private final Path file;
    private final String shown;
    private final DefinitionErrors errors;
    private final RecordBinder binder;

    /** @param shown the file as its author knows it */
    public DefinitionFile(Path file, String shown) {
        this.file = file;
        this.shown = shown;
        this.errors = new DefinitionErrors(shown);
        this.binder = new RecordBinder(errors);
    }

    /**
     * The record, each part of it sound in itself; empty where that was not so, as {@link #requireSound} says.
     *
     * @throws DefinitionException where the file cannot be read
     */
    public <T extends Record> Optional<T> read(Class<T> type) {
        return tree().flatMap(tree -> binder.bind(type, tree));
    }

    /** Takes what is wrong between the parts of the record. */
    public Findings findings() {
        return new Findings(binder.positions(), errors);
    }

    /** @throws DefinitionException with everything that was found, in the file's order */
    public void requireSound() {
        errors.throwIfAny();
    }

    private Optional<YamlNode> tree() {
        try {
            return Optional.of(YamlReader.read(YamlText.read(file)));
        } catch (YamlSyntaxException e) {
            errors.add(e.position(), e.reason());
            return Optional.empty();
        } catch (IOException e) {
            throw new DefinitionException(List.of(Words.oneLine(shown + ": cannot be read: " + PlainWords.reason(e))));
        }
    }
}
