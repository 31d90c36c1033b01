package dev.etljar.definition;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A definition as it is written, with the place of every key and value; scalars keep their text. */
sealed interface YamlNode {

    Position position();

    /** What is there, as it ends a sentence such as "'port' must be a whole number, not …". */
    String described();

    /**
     * A single value.
     *
     * @param plain whether it was written without quotes: only then can it be a number, true, false or nothing
     */
    record Scalar(Position position, String text, boolean plain) implements YamlNode {

        private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
        private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
        private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
        private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,100}");
        private static final Pattern NUMBER =
                Pattern.compile("[-+]?([0-9]{1,100}(\\.[0-9]{0,100})?|\\.[0-9]{1,100})([eE][-+]?[0-9]{1,2})?");

        boolean isNothing() {
            return plain && NOTHING.contains(text);
        }

        boolean isTrue() {
            return plain && TRUE.contains(text);
        }

        boolean isFalse() {
            return plain && FALSE.contains(text);
        }

        boolean isInteger() {
            return plain && INTEGER.matcher(text).matches();
        }

        /** Exponents have two digits at the most: 1e999999999 is short to write and long to hold. */
        boolean isNumber() {
            return plain && NUMBER.matcher(text).matches();
        }

        @Override
        public String described() {
            if (isNothing()) {
                return text.isEmpty() ? "nothing" : "nothing, which " + text + " without quotes is";
            }
            if (isNumber()) {
                return "the number " + text;
            }
            return isTrue() || isFalse() ? text : "the text " + Words.quoted(text);
        }
    }

    /** A list. */
    record Sequence(Position position, List<YamlNode> items) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /** Keys and their values in the file's order; a key may be there twice. */
    record Mapping(Position position, List<Entry> entries) implements YamlNode {

        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The first entry of this key. */
        Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        @Override
        public String described() {
            return "a mapping";
        }
    }

    /** A key, its place, and its value. */
    record Entry(Position position, String key, YamlNode value) {}
}
