package dev.etljar.command;

import dev.etljar.run.ExitCode;
import dev.etljar.text.NearestName;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells in one line what is wrong with the command line, and what is meant or where to look. */
final class WrongCommandLine implements IParameterExceptionHandler {

    /** What picocli says of a value that cannot be read: an option, or a parameter's label; and then the converter's own words. */
    private static final Pattern WRONG_VALUE = Pattern.compile(
            "Invalid value for (?:option '([^']+)'(?: \\([^)]*\\))?|positional parameter at index [0-9.*]+ \\(([^)]*)\\)): (.*)",
            Pattern.DOTALL);

    /** What picocli says of a word that is none of an option's. */
    private static final Pattern NONE_OF =
            Pattern.compile("expected one of \\[(.*)] \\(case-(?:in)?sensitive\\) but was '(.*)'", Pattern.DOTALL);

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String said = String.valueOf(wrong.getMessage());
        Matcher value = WRONG_VALUE.matcher(said);
        Optional<String> better = value.matches()
                ? Optional.of(
                        (value.group(1) == null ? value.group(2) : value.group(1)) + ": " + ofWords(value.group(3)))
                : StrayArgument.of(wrong).flatMap(stray -> stray.problem(arguments));
        String message = better.orElse(said);
        if (FailureJson.isAskedOf(command, arguments)) {
            FailureJson.print(command.getOut(), ExitCode.WRONG, message);
        }
        err.println("etl: " + message);
        if (better.isEmpty() && !UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("'--help' shows what there is.");
        }
        err.flush();
        return ExitCode.WRONG.code();
    }

    private static String ofWords(String problem) {
        Matcher words = NONE_OF.matcher(problem);
        if (!words.matches()) {
            return problem;
        }
        // Of a constant with a name of its own on the command line, picocli takes Java's too.
        List<String> right = Stream.of(words.group(1).toLowerCase(Locale.ROOT).split(", "))
                .filter(word -> word.indexOf('_') < 0)
                .toList();
        return "'" + words.group(2) + "' is none of " + String.join(", ", right)
                + NearestName.of(words.group(2), right)
                        .map(nearest -> "; did you mean '" + nearest + "'?")
                        .orElse("");
    }
}
