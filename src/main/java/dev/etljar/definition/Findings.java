package dev.etljar.definition;

/** What is wrong with a definition, by the path of what it is about, such as {@code process.loads[0].table}. */
public final class Findings {

    private final Positions positions;
    private final DefinitionErrors errors;

    Findings(Positions positions, DefinitionErrors errors) {
        this.positions = positions;
        this.errors = errors;
    }

    /**
     * Notes it with the line and column of what is there under the path, or around it where nothing is.
     *
     * @throws DefinitionException when there are too many to look for more
     */
    public void add(String path, String message) {
        errors.add(positions.of(path), message);
    }

    /** The path of an item of a list, counted from 0. */
    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
