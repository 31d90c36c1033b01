package dev.etljar.command;

import dev.etljar.run.ExitCode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is printed in the place of a command's JSON where it has none: who reads the output stream finds one document on it, always. */
final class FailureJson {

    private static final String FORMAT = "--format";

    private FailureJson() {}

    static void print(PrintWriter out, ExitCode exitCode, String message) {
        out.println(JsonNodeFactory.instance
                .objectNode()
                .put("exitCode", exitCode.code())
                .put("message", message)
                .toPrettyString());
        out.flush();
    }

    /** Whether JSON was asked for, of a command that has it. */
    static boolean isAskedOf(CommandLine command) {
        OptionSpec format = command.getCommandSpec().findOption(FORMAT);
        return format != null && format.getValue() == Format.JSON;
    }

    /** The same where the arguments are wrong, and so were not read to their end. */
    static boolean isAskedOf(CommandLine command, String[] arguments) {
        String line = String.join("=", Arrays.asList(arguments)).toLowerCase(Locale.ROOT) + "=";
        return command.getCommandSpec().findOption(FORMAT) != null && line.contains(FORMAT + "=json=");
    }
}
