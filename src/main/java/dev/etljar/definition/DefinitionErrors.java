package dev.etljar.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a definition, so that its author sees all of it at once. */
final class DefinitionErrors {

    private record Finding(Position position, String message) {}

    /** In characters: a message may hold a value of the user's, which may be anything. */
    private static final int MAX_LENGTH = 1_000;

    /** Nobody reads more, and a hostile file must not make many of them. */
    static final int MAX_ERRORS = 1_000;

    private final String file;
    private final List<Finding> findings = new ArrayList<>();

    /** @param file as the user knows it, relative to home */
    DefinitionErrors(String file) {
        this.file = file;
    }

    /** @throws DefinitionException when there are too many to look for more */
    void add(Position position, String message) {
        findings.add(new Finding(position, Words.oneLine(Words.cut(message, MAX_LENGTH))));
        if (findings.size() == MAX_ERRORS) {
            List<String> lines = new ArrayList<>(lines());
            lines.add(file + ": there are more errors than these " + MAX_ERRORS);
            throw new DefinitionException(lines);
        }
    }

    int count() {
        return findings.size();
    }

    /** @throws DefinitionException with all of them in the file's order, if there are any */
    void throwIfAny() {
        if (!findings.isEmpty()) {
            throw new DefinitionException(lines());
        }
    }

    private List<String> lines() {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::position))
                .map(finding -> file + ":" + finding.position() + ": " + finding.message())
                .toList();
    }
}
