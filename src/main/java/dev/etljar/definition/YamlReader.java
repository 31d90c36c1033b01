package dev.etljar.definition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Text becomes a tree of nodes. A definition is hostile until checked: aliases, anchors and tags are refused, so that a
 * small file stays a small tree, and so is deep nesting.
 */
final class YamlReader {

    static final int MAX_DEPTH = 20;

    /** How the parser's message begins; it goes on with its inner notation of what is there. */
    private static final String NO_SCALAR_KEY = "Expected a property name";

    private final JsonParser parser;
    private final int[] characters;

    private YamlReader(JsonParser parser, String text) {
        this.parser = parser;
        this.characters = text.codePoints().toArray();
    }

    /** @throws YamlSyntaxException at the first place that is not YAML, or more of it than is allowed */
    static YamlNode read(String text) throws YamlSyntaxException {
        try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            return new YamlReader(parser, text).document();
        } catch (JacksonException e) {
            throw syntaxError(e);
        }
    }

    private YamlNode document() throws YamlSyntaxException {
        JsonToken token = parser.nextToken();
        YamlNode root = token == null ? new YamlNode.Scalar(Position.START, "", true) : node(token, 0);
        if (root instanceof YamlNode.Scalar scalar && scalar.isNothing()) {
            throw new YamlSyntaxException(Position.START, "the file is empty");
        }
        if (parser.nextToken() != null) {
            throw new YamlSyntaxException(position(), "a second document begins here; a file holds one job");
        }
        return root;
    }

    private YamlNode node(JsonToken token, int depth) throws YamlSyntaxException {
        requireSimple();
        Position position = position();
        if (depth > MAX_DEPTH) {
            throw new YamlSyntaxException(position, "nested more than " + MAX_DEPTH + " deep");
        }
        return switch (token) {
            case START_OBJECT -> new YamlNode.Mapping(position, entries(depth));
            case START_ARRAY -> new YamlNode.Sequence(position, items(depth));
            case VALUE_NULL -> new YamlNode.Scalar(position, parser.getString(), true);
            default -> new YamlNode.Scalar(position, parser.getString(), isPlain());
        };
    }

    private List<YamlNode.Entry> entries(int depth) throws YamlSyntaxException {
        List<YamlNode.Entry> entries = new ArrayList<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            requireSimple();
            Position position = position();
            String key = parser.getString();
            entries.add(new YamlNode.Entry(position, key, node(parser.nextToken(), depth + 1)));
        }
        return entries;
    }

    private List<YamlNode> items(int depth) throws YamlSyntaxException {
        List<YamlNode> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, depth + 1));
        }
        return items;
    }

    /** The parser hides some anchors and tags (on an empty value, on a key), so the text itself is looked at. */
    private void requireSimple() throws YamlSyntaxException {
        switch (character()) {
            case '*' -> throw new YamlSyntaxException(position(), "aliases (*name) are not allowed; write it out");
            case '&' -> throw new YamlSyntaxException(position(), "anchors (&name) are not allowed; write it out");
            case '!' -> throw new YamlSyntaxException(position(), "tags (!name) are not allowed");
            default -> {}
        }
    }

    private boolean isPlain() {
        return "'\"|>".indexOf(character()) < 0;
    }

    /** The character that the token begins with, or a line's end at the text's end. */
    private int character() {
        int offset = (int) parser.currentTokenLocation().getCharOffset();
        return offset < characters.length ? characters[offset] : '\n';
    }

    private Position position() {
        return position(parser.currentTokenLocation());
    }

    private static Position position(TokenStreamLocation location) {
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static YamlSyntaxException syntaxError(JacksonException e) {
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            Position position = marked.getProblemMark()
                    .map(mark -> new Position(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(Position.START);
            String context = marked.getContext() == null ? "" : marked.getContext() + ": ";
            return new YamlSyntaxException(position, "not YAML: " + context + marked.getProblem());
        }
        @Nullable TokenStreamLocation location = e.getLocation();
        String message = e.getOriginalMessage().startsWith(NO_SCALAR_KEY)
                ? "a key must be a simple text, no list, mapping or alias"
                : "not YAML: " + e.getOriginalMessage();
        return new YamlSyntaxException(location == null ? Position.START : position(location), message);
    }
}
