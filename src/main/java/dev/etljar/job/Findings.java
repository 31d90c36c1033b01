package dev.etljar.job;

/** Takes errors by the path of what they are about. */
record Findings(Positions positions, DefinitionErrors errors) {

    void add(String path, String message) {
        errors.add(positions.of(path), message);
    }
}
