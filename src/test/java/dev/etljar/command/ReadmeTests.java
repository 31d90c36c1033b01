package dev.etljar.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What README says of the command line, and of what the application says, is so. */
class ReadmeTests {

    /** In characters: less tells no message from another. */
    private static final int DISTINCTIVE = 8;

    /** A quoted text of a table's row. */
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /** Where the compiler joins what the formatter took apart. */
    private static final Pattern JOIN = Pattern.compile("\"\\s*\\+\\s*\"");

    private final String readme = read(Path.of("README.md"));
    private final CommandLine etl =
            EtlCommand.commandLine(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));

    @Test
    void eachCommandStandsInTheTable() {
        assertThat(etl.getSubcommands().keySet())
                .allSatisfy(command -> assertThat(chapter("Commands")).containsPattern("`" + command + "[ `]"));
    }

    @Test
    void eachOptionIsNamed() {
        List<String> missing = new ArrayList<>();
        commands()
                .forEach((name, command) -> command.getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .map(OptionSpec::longestName)
                        .filter(option -> !Pattern.compile("(?<![\\w-])" + Pattern.quote(option) + "(?![\\w-])")
                                .matcher(readme)
                                .find())
                        .forEach(option -> missing.add(name + " " + option)));

        assertThat(missing).isEmpty();
    }

    @Test
    void eachCommandThatIsShownIsOne() {
        List<String> shown = shownCommands(readme);

        assertThat(shown).hasSizeGreaterThanOrEqualTo(10).allSatisfy(this::assertParses);
    }

    @Test
    void eachCommandsHelpHasExamplesThatAreRight() {
        commands().forEach((name, command) -> {
            String help = command.getUsageMessage();
            assertThat(help).as(name).containsPattern("(?m)^Examples:$");
            List<String> examples = shownCommands(help);
            assertThat(examples).as(name).isNotEmpty().allSatisfy(this::assertParses);
        });
    }

    @Test
    void eachMessageOfTheTableStandsInTheSources() throws IOException {
        String sources = sources();
        List<String> messages = chapter("When it fails")
                .lines()
                .filter(line -> line.matches("\\| [0-9, ]+ \\|.*"))
                .map(line -> line.split("\\|", -1)[2])
                .flatMap(cell -> QUOTED.matcher(cell).results())
                .map(found -> found.group(1))
                .filter(message -> !message.contains("--help"))
                .toList();

        assertThat(messages).hasSizeGreaterThan(40);
        assertThat(messages)
                .filteredOn(message ->
                        pieces(message).isEmpty() || !pieces(message).stream().allMatch(sources::contains))
                .as("messages that the sources do not have")
                .isEmpty();
    }

    /** What stands between the parts that differ from one time to another. */
    private static List<String> pieces(String message) {
        return Arrays.stream(message.split("…", -1))
                .map(String::strip)
                .filter(piece -> piece.length() >= DISTINCTIVE)
                .toList();
    }

    private Map<String, CommandLine> commands() {
        Map<String, CommandLine> commands = new LinkedHashMap<>(etl.getSubcommands());
        commands.put("etl.jar", etl);
        return commands;
    }

    /** The arguments of each {@code java … -jar … etl.jar} in a text. */
    private static List<String> shownCommands(String text) {
        return Pattern.compile("(?m)^.*java -jar (?:\\S*/)?etl\\.jar (?!&)([^#;>|\\n]*)")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(line -> line.replaceFirst("^.*etl\\.jar ", "").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("'"))
                .toList();
    }

    private void assertParses(String line) {
        List<String> arguments = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+")
                .matcher(line.replaceAll("\\{\\{.*?}}", "x").replaceAll("\",$", ""))
                .results()
                .map(found -> found.group().replace("\"", ""))
                .toList();
        CommandLine fresh =
                EtlCommand.commandLine(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
        fresh.parseArgs(arguments.toArray(String[]::new));
    }

    private String chapter(String title) {
        int start = readme.indexOf("\n## " + title + "\n");
        assertThat(start).as(title).isNotNegative();
        int end = readme.indexOf("\n## ", start + 1);
        return readme.substring(start, end < 0 ? readme.length() : end);
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            String all = files.filter(file -> file.toString().endsWith(".java"))
                    .map(ReadmeTests::read)
                    .collect(Collectors.joining());
            return JOIN.matcher(all).replaceAll("");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
