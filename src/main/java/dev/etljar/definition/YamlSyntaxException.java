package dev.etljar.definition;

/** A file is not YAML, or more of YAML than a definition may use. */
final class YamlSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Position position;
    private final String reason;

    YamlSyntaxException(Position position, String message) {
        super(message);
        this.position = position;
        this.reason = message;
    }

    Position position() {
        return position;
    }

    /** The message, never null. */
    String reason() {
        return reason;
    }
}
