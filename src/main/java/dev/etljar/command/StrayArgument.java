package dev.etljar.command;

import dev.etljar.text.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** An argument that is nothing which its command takes: picocli gives its place, and a person wants to know what was meant. */
record StrayArgument(CommandLine command, String word, boolean option) {

    static Optional<StrayArgument> of(ParameterException wrong) {
        return wrong instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getUnmatched().isEmpty()
                ? Optional.of(new StrayArgument(
                        wrong.getCommandLine(), unmatched.getUnmatched().get(0), unmatched.isUnknownOption()))
                : Optional.empty();
    }

    /** What is wrong, and what to do, where that is more than that it is not known. */
    Optional<String> problem(String... line) {
        if (option) {
            return nearestOption().map(name -> "Unknown option: '" + word + "', did you mean '" + name + "'?");
        }
        CommandSpec spec = command.getCommandSpec();
        boolean job = Arrays.stream(line).anyMatch(argument -> argument.startsWith("--job."));
        if (spec.userObject() instanceof EtlCommand && !job) {
            return Optional.of("'" + word + "' is no command"
                    + NearestName.of(word, command.getSubcommands().keySet())
                            .map(name -> ", did you mean '" + name + "'?")
                            .orElse("; 'run NAME' runs a job, '--help' shows the commands"));
        }
        return job || spec.userObject() instanceof RunCommand
                ? Optional.of("'" + word + "' is no job parameter, which is written name=value")
                : Optional.empty();
    }

    private Optional<String> nearestOption() {
        List<String> names = command.getCommandSpec().options().stream()
                .flatMap(known -> Arrays.stream(known.names()))
                .filter(name -> name.startsWith("--"))
                .toList();
        return NearestName.of(word.split("=", 2)[0], names);
    }
}
