package dev.etljar.definition;

import java.util.List;

/** A job's definition cannot be used; a person must correct it. */
public final class DefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a list made by List.copyOf is serializable
    private final List<String> errors;

    /** @param errors one line each, in the file's order; at least one */
    public DefinitionException(List<String> errors) {
        super(String.join(System.lineSeparator(), errors));
        this.errors = List.copyOf(errors);
    }

    /** Everything that is wrong, one line each, such as {@code config/jobs/import.yml:14:7: unknown key 'colums'}. */
    public List<String> errors() {
        return errors;
    }
}
